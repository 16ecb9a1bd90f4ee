using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront.Catalog;

/// <summary>Fills the shelves once, when the database has no products yet.</summary>
public sealed class OpeningStock(StoreWrites writes, IOptions<CatalogOptions> options)
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
        db.Products.AddRange(file.Products.Select(p => new Product
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
        }));
        await db.SaveChangesAsync(ct);
        return true;
    }, cancellationToken);
}
