using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>
/// Orders as a file for a spreadsheet: read and written some hundred at a time, so that a million need no more memory than a few. Orders that come in meanwhile
/// are not in it.
/// </summary>
public sealed class OrderCsv(IDbContextFactory<StoreDb> contexts, TimeProvider time)
{
    /// <summary>Orders read at once.</summary>
    internal int AtOnce { get; init; } = 500;

    /// <summary>The names of the columns.</summary>
    private const string Head = "order,status,needs_attention,source,source_reference,price,currency,placed_at,completed_at,customer,email,city,country";

    /// <summary>Writes all orders of a filter, in its order.</summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; the file ends there.</exception>
    public async Task WriteAsync(OrderFilter filter, Stream to, CancellationToken cancellationToken)
    {
        await using var text = Csv.Writer(to);
        await text.WriteLineAsync(Head.AsMemory(), cancellationToken);
        OrderCursor? from = null;
        do
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var finder = await OrderFinder.OfAsync(db, filter, time.LocalTimeZone, new(), cancellationToken);
            var found = await finder.FindAsync(from, isUpward: false, AtOnce, cancellationToken);
            var ids = found.Places.Select(p => p.Id).ToList();
            var orders = await db.Orders.AsNoTracking().Where(o => ids.Contains(o.Id)).Select(o => new Row(o, o.Tasks.Any(t => t.State == TaskState.Failed))).ToDictionaryAsync(r => r.Order.Id, cancellationToken);
            foreach (var id in ids.Where(orders.ContainsKey))
            {
                await text.WriteLineAsync(Line(orders[id]).AsMemory(), cancellationToken);
            }

            // Nothing gathers here: a slow reader holds up the next read.
            await text.FlushAsync(cancellationToken);
            from = found.Next;
        }
        while (from is not null);
    }

    private static string Line(Row row)
    {
        var (order, customer) = (row.Order, row.Order.Customer);
        string?[] cells =
        [
            order.Number.ToString(), order.Status.Text(), row.NeedsAttention ? "yes" : "no", order.Source.Text(), order.SourceReference,
            Money.ToMajor(order.PriceMinor).ToString("0.00", CultureInfo.InvariantCulture), order.Currency, Moment(order.PlacedAt), Moment(order.CompletedAt),
            customer.Name, customer.Email, customer.Address?.City, customer.Address?.Country,
        ];
        return string.Join(',', cells.Select(c => Csv.Cell(c ?? "")));
    }

    private static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Row(Order Order, bool NeedsAttention);
}
