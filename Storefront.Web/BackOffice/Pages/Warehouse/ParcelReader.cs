using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Pages.Warehouse;

/// <summary>An order as the wrapping table needs it.</summary>
/// <param name="OrderId">The order's key in the database.</param>
/// <param name="Number">Its number.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="QueuedAt">When its turn came.</param>
/// <param name="State">Where packing it stands.</param>
/// <param name="PickList">What the printer calls its pick list.</param>
/// <param name="Note">What the customer wrote.</param>
/// <param name="Lines">The goods, in the order of their bins.</param>
public sealed record Parcel(long OrderId, OrderNumber Number, OrderStatus Status, DateTimeOffset QueuedAt, TaskState State, string? PickList, string? Note, IReadOnlyList<ParcelLine> Lines);

/// <summary>Goods of a parcel; null for the bin when the product is no longer in the catalogue.</summary>
public sealed record ParcelLine(int LineNo, string Name, int Quantity, string? Bin);

/// <summary>Reads an order for the wrapping table.</summary>
public sealed class ParcelReader(IDbContextFactory<StoreDb> contexts)
{
    /// <summary>The order as it is now; null when it has not come to packing.</summary>
    public async Task<Parcel?> FindAsync(long order, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Orders.AsNoTracking().AsSplitQuery().Include(o => o.Lines).Include(o => o.Tasks).OrderBy(o => o.Id).FirstOrDefaultAsync(o => o.Id == order, cancellationToken);
        if (found?.Task(Department.Packing) is not { QueuedAt: { } queued } packing)
        {
            return null;
        }

        var products = found.Lines.ConvertAll(l => l.ProductId);
        var bins = await db.Products.Where(p => products.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Bin, cancellationToken);
        return new(
            found.Id, found.Number, found.Status, queued, packing.State, found.Task(Department.Warehouse).Reference, found.Customer.Note,
            [.. found.Lines.Select(l => new ParcelLine(l.LineNo, l.Name, l.Quantity, bins.GetValueOrDefault(l.ProductId))).OrderBy(l => l.Bin, StringComparer.Ordinal).ThenBy(l => l.LineNo)]);
    }
}
