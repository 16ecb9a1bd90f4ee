using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Auditing;
using Storefront.Data;

namespace Storefront.Catalog;

/// <summary>How an edit of goods ended.</summary>
public abstract record Editing
{
    /// <summary>It counts from now on, as this version of the product.</summary>
    public sealed record Saved(int ProductId, long Version) : Editing;

    /// <summary>Understood but impossible; nothing has changed.</summary>
    public sealed record Refused(IReadOnlyList<Fault> Faults) : Editing;

    /// <summary>Somebody else has changed it since it was read; nothing has changed by this edit.</summary>
    public sealed record Overtaken(Product Now) : Editing;

    /// <summary>There is no such product.</summary>
    public sealed record Unknown : Editing;
}

/// <summary>
/// Where the staff makes and changes goods. An edit names the version it was made from, and counts only if that is still the one: nobody's words are lost by
/// another's. Each is written down with who did it. Nothing is ever deleted, since orders point at it; goods that are not sold any more are archived.
/// </summary>
public sealed class GoodsDesk(StoreWrites writes, AuditLog audit, GoodsNews news, IOptions<ShopOptions> shop, TimeProvider time)
{
    /// <summary>Makes a new product, with nothing on the shelf.</summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing has changed.</exception>
    public Task<Editing> CreateAsync(ProductDraft draft, string who, CancellationToken cancellationToken) => writes.RunAsync<Editing>(async (db, ct) =>
    {
        var wanted = draft.Tidy();
        await TakeNamesAsync(db, ct);
        if (await FaultsAsync(db, wanted, null, ct) is { Count: > 0 } faults)
        {
            return Discard(db, new Editing.Refused(faults));
        }

        var now = time.GetUtcNow();
        var product = new Product
        {
            Id = (await db.Products.MaxAsync(p => (int?)p.Id, ct) ?? 0) + 1,
            Slug = wanted.Slug,
            Name = wanted.Name,
            CategoryId = wanted.CategoryId,
            PriceMinor = wanted.PriceMinor,
            Stock = 0,
            Bin = wanted.Bin,
            Line = wanted.Line,
            Description = wanted.Description,
            Details = Kept(wanted),
            OwnTexts = OwnTexts.All,
            ChangedAt = now,
            ChangedBy = who,
        };
        db.Products.Add(product);
        db.ProductPrices.Add(new PriceChange { ProductId = product.Id, PriceMinor = product.PriceMinor, At = now, Who = who });
        Tell(db, product.Id, who, "product.create", $"{product.Name}, {Money.Format(product.PriceMinor, shop.Value.Currency)}, at /product/{product.Slug}");
        await db.SaveChangesAsync(ct);
        return new Editing.Saved(product.Id, product.Version);
    }, cancellationToken);

    /// <summary>Changes what is different; an edit that makes nothing different leaves everything as it is.</summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing has changed.</exception>
    public Task<Editing> SaveAsync(int id, long version, ProductDraft draft, string who, CancellationToken cancellationToken) => ChangeAsync(id, version, async (db, before, ct) =>
    {
        var change = new ProductChange(before, draft.Tidy(), shop.Value.Currency);
        var (wanted, now, texts) = (change.Wanted, time.GetUtcNow(), change.OwnTexts);
        if (change.ChangesSlug)
        {
            await TakeNamesAsync(db, ct);
        }

        if (await FaultsAsync(db, wanted, before, ct) is { Count: > 0 } faults)
        {
            return Discard(db, new Editing.Refused(faults));
        }

        if (change.Told.Count == 0)
        {
            return Discard(db, new Editing.Saved(id, version));
        }

        var details = Kept(wanted);
        if (await db.Products.Where(p => p.Id == id && p.Version == version).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.Name, wanted.Name).SetProperty(p => p.Slug, wanted.Slug).SetProperty(p => p.CategoryId, wanted.CategoryId)
            .SetProperty(p => p.PriceMinor, wanted.PriceMinor).SetProperty(p => p.Bin, wanted.Bin).SetProperty(p => p.Line, wanted.Line)
            .SetProperty(p => p.Description, wanted.Description).SetProperty(p => p.Details, details).SetProperty(p => p.OwnTexts, texts)
            .SetProperty(p => p.Version, version + 1).SetProperty(p => p.ChangedAt, now).SetProperty(p => p.ChangedBy, who), ct) == 0)
        {
            return null;
        }

        if (change.ChangesPrice)
        {
            db.ProductPrices.Add(new PriceChange { ProductId = id, PriceMinor = wanted.PriceMinor, At = now, Who = who });
        }

        Tell(db, id, who, "product.edit", string.Join("; ", change.Told));
        return new Editing.Saved(id, version + 1);
    }, cancellationToken);

    /// <summary>Takes a product out of the shop, or back in. Orders that have it keep it, and so does the shelf.</summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing has changed.</exception>
    public Task<Editing> ArchiveAsync(int id, long version, bool isArchived, string who, CancellationToken cancellationToken) => ChangeAsync(id, version, async (db, before, ct) =>
    {
        if (before.IsSold != isArchived)
        {
            return Discard(db, new Editing.Saved(id, version));
        }

        var now = time.GetUtcNow();
        DateTimeOffset? archived = isArchived ? now : null;
        if (await db.Products.Where(p => p.Id == id && p.Version == version).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.ArchivedAt, archived).SetProperty(p => p.Version, version + 1).SetProperty(p => p.ChangedAt, now).SetProperty(p => p.ChangedBy, who), ct) == 0)
        {
            return null;
        }

        Tell(db, id, who, isArchived ? "product.archive" : "product.restore", before.Name);
        return new Editing.Saved(id, version + 1);
    }, cancellationToken);

    /// <summary>Gives a product another picture; null: its drawing again.</summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing has changed.</exception>
    public Task<Editing> ShowAsync(int id, long version, ProductPicture? picture, string who, CancellationToken cancellationToken) => ChangeAsync(id, version, async (db, before, ct) =>
    {
        if (before.PictureHash == picture?.Hash)
        {
            return Discard(db, new Editing.Saved(id, version));
        }

        var (now, hash) = (time.GetUtcNow(), picture?.Hash);
        if (picture is not null && !await db.ProductPictures.AnyAsync(p => p.Hash == hash, ct))
        {
            db.ProductPictures.Add(picture);
        }

        if (await db.Products.Where(p => p.Id == id && p.Version == version).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.PictureHash, hash).SetProperty(p => p.Version, version + 1).SetProperty(p => p.ChangedAt, now).SetProperty(p => p.ChangedBy, who), ct) == 0)
        {
            return null;
        }

        Tell(db, id, who, "product.picture", $"{before.PictureHash ?? "none"} → {hash ?? "none"}");
        return new Editing.Saved(id, version + 1);
    }, cancellationToken);

    /// <summary>Changes a product that is as the editor has seen it; a change that comes to nothing (null) was overtaken between reading and writing.</summary>
    private Task<Editing> ChangeAsync(int id, long version, Func<StoreDb, Product, CancellationToken, Task<Editing?>> change, CancellationToken cancellationToken) => writes.RunAsync(async (db, ct) =>
    {
        var before = await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (before is null)
        {
            return Discard(db, new Editing.Unknown());
        }

        if (before.Version == version && await change(db, before, ct) is { } ended)
        {
            await db.SaveChangesAsync(ct);
            return ended;
        }

        return Discard(db, new Editing.Overtaken(await db.Products.AsNoTracking().SingleAsync(p => p.Id == id, ct)));
    }, cancellationToken);

    /// <summary>Whoever gives a name in addresses, or an id, waits for whoever else does: two cannot give the same.</summary>
    private static Task TakeNamesAsync(StoreDb db, CancellationToken cancellationToken) =>
        db.Categories.ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, c => c.Position), cancellationToken);

    private static async Task<List<Fault>> FaultsAsync(StoreDb db, ProductDraft wanted, Product? before, CancellationToken cancellationToken)
    {
        var faults = wanted.Faults().ToList();
        if (!await db.Categories.AnyAsync(c => c.Id == wanted.CategoryId, cancellationToken))
        {
            faults.Add(new(nameof(ProductDraft.CategoryId), "must be one of the shop's categories."));
        }

        if (wanted.Slug != before?.Slug && await db.Products.Where(p => p.Slug == wanted.Slug).Select(p => p.Name).FirstOrDefaultAsync(cancellationToken) is { } other)
        {
            faults.Add(new(nameof(ProductDraft.Slug), $"must be the product's own; {other} has this one."));
        }

        return faults;
    }

    private static Dictionary<string, string> Kept(ProductDraft wanted) => new(wanted.Details, StringComparer.Ordinal);

    private static Editing Discard(StoreDb db, Editing ended)
    {
        db.Discard();
        return ended;
    }

    private void Tell(StoreDb db, int id, string who, string action, string detail)
    {
        audit.Add(db, who, action, $"product {id}", detail);
        db.AfterCommit(() => news.Publish(id));
    }
}
