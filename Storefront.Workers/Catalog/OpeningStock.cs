using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront.Catalog;

/// <summary>Fills the shelves once, when the database has no products yet: what the staff has changed since is not read over at the next start.</summary>
public sealed class OpeningStock(StoreWrites writes, IOptions<CatalogOptions> options, TimeProvider time)
{
    /// <exception cref="InvalidDataException">The catalogue file is faulty.</exception>
    public Task FillAsync(CancellationToken cancellationToken) => writes.RunAsync(async (db, ct) =>
    {
        if (await db.Products.AnyAsync(ct))
        {
            return false;
        }

        var file = CatalogueFile.Read(options.Value.File);
        db.Categories.AddRange(file.Categories.Select((c, i) => new Category { Id = c.Id, Name = c.Name, Line = c.Line, Position = i }));
        var now = time.GetUtcNow();
        var products = file.Products.Select(p => new Product
        {
            Id = p.Id,
            Slug = p.Slug,
            Name = p.Name,
            CategoryId = p.Category,
            PriceMinor = Money.TryToMinor(p.Price, out var minor) ? minor : 0,
            Stock = options.Value.OpeningStock ?? p.Stock,
            Bin = p.Bin,
            Line = p.Line,
            Description = p.Description,
            Details = p.Details ?? [],
            CatalogueName = p.Slug,
        }).ToList();
        db.Products.AddRange(products);
        db.ProductPrices.AddRange(products.Select(p => new PriceChange { ProductId = p.Id, PriceMinor = p.PriceMinor, At = now }));
        db.StockMovements.AddRange(products.Select(p => new StockMovement
        {
            ProductId = p.Id, At = now, Kind = MovementKind.Opening, Pieces = p.Stock, StockAfter = p.Stock, Note = "The shop opened with this.",
        }));
        await db.SaveChangesAsync(ct);
        return true;
    }, cancellationToken);
}
