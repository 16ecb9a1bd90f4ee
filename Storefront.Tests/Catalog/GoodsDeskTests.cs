using Microsoft.EntityFrameworkCore;
using Storefront.Auditing;
using Storefront.Catalog;
using Storefront.Tests.BackOffice;

namespace Storefront.Tests.Catalog;

/// <summary>What the staff may do with goods, on the real database and without any page.</summary>
public sealed class An_edit_of_goods : IAsyncLifetime
{
    private const int Jam = 1;

    private OfficeDesk _office = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private GoodsDesk Desk => _office.Get<GoodsDesk>();

    public async ValueTask InitializeAsync() => _office = await OfficeDesk.OpenAsync();

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Counts_at_once_and_is_written_down_with_old_and_new()
    {
        var before = await FindAsync(Jam);

        (await SaveAsync(before, d => d with { Name = "Damson Jam", PriceMinor = before.PriceMinor + 30 })).ShouldBe(new Editing.Saved(Jam, 1));

        var after = await FindAsync(Jam);
        (after.Name, after.PriceMinor, after.Version, after.ChangedBy, after.ChangedAt).ShouldBe(("Damson Jam", before.PriceMinor + 30, 1, "Holly", _office.Clock.GetUtcNow()));
        (after.Line, after.Stock, after.OwnTexts).ShouldBe((before.Line, before.Stock, OwnTexts.Name));
        var entry = (await AuditAsync()).ShouldHaveSingleItem();
        (entry.Who, entry.Action, entry.Subject).ShouldBe(("Holly", "product.edit", "product 1"));
        entry.Detail.ShouldBe($"name {before.Name} → Damson Jam; price {Money.Format(before.PriceMinor, "EUR")} → {Money.Format(after.PriceMinor, "EUR")}");
    }

    [Fact]
    public async Task Under_somebody_elses_edit_is_not_made_and_gives_what_is_there_now()
    {
        var seen = await FindAsync(Jam);
        await SaveAsync(seen, d => d with { Bin = "Z-99" });

        var ended = await SaveAsync(seen, d => d with { Bin = "Y-11", Name = "Mine" }, "Ivy");

        var now = ended.ShouldBeOfType<Editing.Overtaken>().Now;
        (now.Bin, now.ChangedBy, now.Version).ShouldBe(("Z-99", "Holly", 1));
        (await FindAsync(Jam)).Bin.ShouldBe("Z-99");
        (await AuditAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task By_one_of_ten_at_once_is_made_and_nine_are_told()
    {
        var seen = await FindAsync(Jam);
        var ended = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SaveAsync(seen, d => d with { Bin = $"B-{i}" }, $"Hare {i}")));

        ended.OfType<Editing.Saved>().ShouldHaveSingleItem();
        ended.OfType<Editing.Overtaken>().Count().ShouldBe(9);
        (await FindAsync(Jam)).Version.ShouldBe(1);
        (await AuditAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Is_not_overtaken_by_selling_and_does_not_undo_a_sale()
    {
        var seen = await FindAsync(Jam);
        await _office.PlaceAsync(products: [Jam, Jam]);

        (await SaveAsync(seen, d => d with { Bin = "Z-99" })).ShouldBeOfType<Editing.Saved>();

        (await FindAsync(Jam)).Stock.ShouldBe(seen.Stock - 2);
    }

    [Fact]
    public async Task That_makes_nothing_different_changes_nothing()
    {
        (await SaveAsync(await FindAsync(Jam), d => d with { Name = $" {d.Name} " })).ShouldBe(new Editing.Saved(Jam, 0));
        (await FindAsync(Jam)).Version.ShouldBe(0);
        (await AuditAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_the_price_leaves_its_history_and_orders_keep_theirs()
    {
        var before = await FindAsync(Jam);
        var number = await _office.PlaceAsync(products: [Jam]);
        await SaveAsync(before, d => d with { PriceMinor = 999 });

        await using var db = await _office.Contexts.CreateDbContextAsync(Cancellation);
        (await db.ProductPrices.Where(p => p.ProductId == Jam).OrderBy(p => p.Id).Select(p => new { p.PriceMinor, p.Who }).ToListAsync(Cancellation))
            .ShouldBe([new { before.PriceMinor, Who = (string?)null }, new { PriceMinor = 999L, Who = (string?)"Holly" }]);
        (await db.Orders.SingleAsync(o => o.Number == number, Cancellation)).PriceMinor.ShouldBe(before.PriceMinor);
    }

    [Fact]
    public async Task Names_everything_that_is_wrong_and_changes_nothing()
    {
        var before = await FindAsync(Jam);
        var taken = (await FindAsync(2)).Slug;
        var ended = await SaveAsync(before, d => d with
        {
            Name = " ", Slug = taken, CategoryId = "nowhere", PriceMinor = -1, Bin = new string('x', 21), Line = "a\0b", Description = "\u200b", Details = [new("Weight", "1 g"), new("Weight", "2 g")],
        });

        ended.ShouldBeOfType<Editing.Refused>().Faults.Select(f => f.Field).ShouldBe(["Name", "PriceMinor", "Bin", "Line", "Description", "Details", "CategoryId", "Slug"]);
        (await FindAsync(Jam)).ShouldSatisfyAllConditions(p => p.Version.ShouldBe(0), p => p.Name.ShouldBe(before.Name));
        (await AuditAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Bramble")]
    [InlineData("-jam")]
    [InlineData("jam-")]
    [InlineData("../jam")]
    [InlineData("jam?x=1")]
    [InlineData("jäm")]
    [InlineData("")]
    public async Task Cannot_give_an_address_that_is_none(string slug) =>
        (await SaveAsync(await FindAsync(Jam), d => d with { Slug = slug })).ShouldBeOfType<Editing.Refused>().Faults.Single().Field.ShouldBe("Slug");

    [Fact]
    public async Task May_be_a_new_product_with_an_empty_shelf()
    {
        var draft = Draft(await FindAsync(Jam)) with { Name = "Sloe Gin", Slug = "sloe-gin", PriceMinor = 2100 };

        var id = (await Desk.CreateAsync(draft, "Holly", Cancellation)).ShouldBeOfType<Editing.Saved>().ProductId;

        var made = await FindAsync(id);
        (id, made.Name, made.Stock, made.PriceMinor, made.Version, made.Picture, made.CardPicture).ShouldBe((43, "Sloe Gin", 0, 2100, 0, Product.NoPicture, Product.NoPicture));
        (await AuditAsync()).ShouldHaveSingleItem().Detail.ShouldBe("Sloe Gin, €21.00, at /product/sloe-gin");
        (await Desk.CreateAsync(draft, "Ivy", Cancellation)).ShouldBeOfType<Editing.Refused>().Faults.Single().Message.ShouldBe("must be the product's own; Sloe Gin has this one.");
    }

    [Fact]
    public async Task May_be_ten_new_products_at_once_each_with_a_number_of_its_own()
    {
        var draft = Draft(await FindAsync(Jam));
        var ended = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Desk.CreateAsync(draft with { Slug = $"sloe-{i / 2}" }, "Holly", Cancellation)));

        ended.OfType<Editing.Saved>().Select(s => s.ProductId).Order().ShouldBe([43, 44, 45, 46, 47]);
        ended.OfType<Editing.Refused>().Count().ShouldBe(5);
    }

    [Fact]
    public async Task May_archive_and_bring_back()
    {
        (await Desk.ArchiveAsync(Jam, 0, isArchived: true, "Holly", Cancellation)).ShouldBe(new Editing.Saved(Jam, 1));
        (await FindAsync(Jam)).IsSold.ShouldBeFalse();
        (await Desk.ArchiveAsync(Jam, 0, isArchived: false, "Ivy", Cancellation)).ShouldBeOfType<Editing.Overtaken>();
        (await Desk.ArchiveAsync(Jam, 1, isArchived: false, "Ivy", Cancellation)).ShouldBe(new Editing.Saved(Jam, 2));
        (await FindAsync(Jam)).IsSold.ShouldBeTrue();
        (await AuditAsync()).Select(e => (e.Who, e.Action)).ShouldBe([("Holly", "product.archive"), ("Ivy", "product.restore")]);
    }

    [Fact]
    public async Task Of_the_picture_keeps_one_copy_of_what_two_products_show()
    {
        (await Desk.ShowAsync(1, 0, Picture(), "Holly", Cancellation)).ShouldBe(new Editing.Saved(1, 1));
        (await Desk.ShowAsync(2, 0, Picture(), "Holly", Cancellation)).ShouldBe(new Editing.Saved(2, 1));

        var hash = new string('a', 32);
        (await FindAsync(2)).ShouldSatisfyAllConditions(p => p.Picture.ShouldBe($"pictures/{hash}.webp"), p => p.CardPicture.ShouldBe($"pictures/{hash}-card.webp"));
        await using (var db = await _office.Contexts.CreateDbContextAsync(Cancellation))
        {
            (await db.ProductPictures.CountAsync(Cancellation)).ShouldBe(1);
        }

        (await Desk.ShowAsync(1, 1, null, "Ivy", Cancellation)).ShouldBe(new Editing.Saved(1, 2));
        (await FindAsync(1)).Picture.ShouldBe("products/bramble-jam.svg");
    }

    [Fact]
    public async Task Of_what_does_not_exist_says_so() =>
        (await Desk.SaveAsync(99, 0, Draft(await FindAsync(Jam)), "Holly", Cancellation)).ShouldBeOfType<Editing.Unknown>();

    private static ProductPicture Picture() => new() { Hash = new string('a', 32), Large = [1, 2], Card = [1], At = DateTimeOffset.UnixEpoch };

    private static ProductDraft Draft(Product product) =>
        new(product.Name, product.Slug, product.CategoryId, product.PriceMinor, product.Bin, product.Line, product.Description, [.. product.Details]);

    private Task<Editing> SaveAsync(Product seen, Func<ProductDraft, ProductDraft> change, string who = "Holly") =>
        Desk.SaveAsync(seen.Id, seen.Version, change(Draft(seen)), who, Cancellation);

    private async Task<Product> FindAsync(int id)
    {
        await using var db = await _office.Contexts.CreateDbContextAsync(Cancellation);
        return await db.Products.AsNoTracking().SingleAsync(p => p.Id == id, Cancellation);
    }

    private async Task<List<AuditEntry>> AuditAsync()
    {
        await using var db = await _office.Contexts.CreateDbContextAsync(Cancellation);
        return await db.AuditLog.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Cancellation);
    }
}
