using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Departments.Warehouse;

/// <summary>Pick lists to look at: the one that was printed, where this machine printed it, and otherwise one made of the order as the warehouse would make it now.</summary>
public sealed class PickLists(IDbContextFactory<StoreDb> contexts, IOptions<DataOptions> data)
{
    /// <summary>The order's pick list as a PDF; null when there is no such order.</summary>
    public async Task<byte[]?> FindAsync(OrderNumber number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Number == number, cancellationToken) is not { } order)
        {
            return null;
        }

        var lines = await (await JobLine.AskAsync(db, number, Department.Warehouse, cancellationToken)).RowsAsync(cancellationToken);
        var job = new Job(number, Department.Warehouse, 1, order.Customer, order.PriceMinor, order.Currency, order.PlacedAt, order.Source, order.SourceReference, lines);
        return await PrintedAsync(job, cancellationToken) ?? PickList.Draw(job);
    }

    private async Task<byte[]?> PrintedAsync(Job job, CancellationToken cancellationToken)
    {
        // The ticket comes last: a PDF that has one is whole.
        var path = data.Value.PathOf(SpoolPrinter.Folder, SpoolPrinter.NameOf(job.Key));
        try
        {
            return File.Exists(path + ".job") ? await File.ReadAllBytesAsync(path + ".pdf", cancellationToken) : null;
        }
        catch (IOException)
        {
            // It was withdrawn just now.
            return null;
        }
    }
}
