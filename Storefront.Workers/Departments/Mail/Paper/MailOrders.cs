using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Departments.Mail.Paper;

/// <summary>
/// An order as its customer is written about it, as it is now: in the language it was placed in (English where nobody said), the goods under their names there,
/// and with the carrier's number once there is one.
/// </summary>
public sealed record MailOrder(
    OrderNumber Number, OrderStatus Status, Customer Customer, long PriceMinor, string Currency, DateTimeOffset PlacedAt, Language Language, IReadOnlyList<MailLine> Lines, string? Tracking);

/// <summary>Goods in a mail; the price of one, in minor units.</summary>
public sealed record MailLine(string Name, int Quantity, long PriceMinor);

/// <summary>Reads orders for the mail about them.</summary>
public sealed class MailOrders(IDbContextFactory<StoreDb> contexts, ILogger<MailOrders> log)
{
    /// <summary>The order, which must be there. While the database is unwell it is waited for: that is no fault of the mail's.</summary>
    public Task<MailOrder> ReadAsync(OrderNumber number, CancellationToken cancellationToken) => Insistence.RunAsync(async ct =>
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        // One transaction, so that all of it is of one version.
        await using var reading = await db.BeginReadAsync(ct);
        var order = await db.Orders.AsNoTracking().AsSplitQuery().Include(o => o.Lines).SingleAsync(o => o.Number == number, ct);
        var goods = order.Lines.Select(l => l.ProductId).ToList();
        var translated = await db.Products.Where(p => goods.Contains(p.Id) && p.CatalogueName != null && (p.OwnTexts & OwnTexts.Name) == 0).ToDictionaryAsync(p => p.Id, p => p.CatalogueName!, ct);
        var tracking = await db.OrderTasks.Where(t => EF.Property<long>(t, "OrderId") == order.Id && t.Department == Department.Shipping && t.Action == TaskAction.Do)
            .Select(t => t.Reference).SingleOrDefaultAsync(ct);
        var language = Language.Find(order.Language) ?? Language.English;
        return new MailOrder(order.Number, order.Status, order.Customer, order.PriceMinor, order.Currency, order.PlacedAt, language,
            [.. order.Lines.OrderBy(l => l.LineNo).Select(l => new MailLine(NameOf(l), l.Quantity, l.PriceMinor))], tracking);

        string NameOf(OrderLine line) =>
            translated.TryGetValue(line.ProductId, out var name) && language.Goods.Products.TryGetValue(name, out var own) ? own.Name : line.Name;
    }, log, cancellationToken);
}
