using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Tests.BackOffice;
using Storefront.Web.BackOffice.Pages.Products.Pictures;

namespace Storefront.Tests.Store;

/// <summary>Goods after the staff has had them in hand, as customers meet them.</summary>
public sealed class Goods_that_the_staff_has_edited : IAsyncLifetime
{
    private const int Jam = 1;

    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private GoodsDesk Desk => _shop.Services.GetRequiredService<GoodsDesk>();

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Show_the_new_words_in_every_language_and_the_translations_of_the_others()
    {
        await EditAsync(d => d with { Name = "Damson Jam", Slug = "damson-jam", PriceMinor = 777 });

        var (_, english) = await _shop.Client.OpenAsync("/product/damson-jam?lang=en");
        var (_, german) = await _shop.Client.OpenAsync("/product/damson-jam?lang=de");

        english.QuerySelector("h1")!.TextContent.ShouldBe("Damson Jam");
        german.QuerySelector("h1")!.TextContent.ShouldBe("Damson Jam");
        german.QuerySelector(".product-line")!.TextContent.ShouldNotBe(english.QuerySelector(".product-line")!.TextContent, "nobody has touched that one");
        german.QuerySelector(".price")!.TextContent.ShouldContain("7,77");
        english.QuerySelector(".product-picture img")!.GetAttribute("src")!.ShouldStartWith("products/bramble-jam.");
        (await _shop.Client.OpenAsync("/product/bramble-jam")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Are_not_overwritten_by_the_catalogue_file_at_the_next_start()
    {
        await EditAsync(d => d with { Name = "Damson Jam" });
        await _shop.Services.GetRequiredService<OpeningStock>().FillAsync(Cancellation);
        (await _shop.Client.OpenAsync("/product/bramble-jam")).Page.QuerySelector("h1")!.TextContent.ShouldBe("Damson Jam");
    }

    [Fact]
    public async Task Show_their_picture_wherever_they_are_shown()
    {
        var picture = (await _shop.Services.GetRequiredService<PictureStudio>().DevelopAsync(SomePicture.Of(800, 800), Cancellation)).Picture.ShouldNotBeNull();
        await Desk.ShowAsync(Jam, 0, picture, "Holly", Cancellation);

        var (_, page) = await _shop.Client.OpenAsync("/product/bramble-jam");
        page.QuerySelector(".product-picture img")!.GetAttribute("src").ShouldBe($"pictures/{picture.Hash}.webp");
        page.QuerySelector("meta[property='og:image']")!.GetAttribute("content").ShouldBe($"{_shop.Address}pictures/{picture.Hash}.webp");
        page.QuerySelector("script[type='application/ld+json']")!.TextContent.ShouldContain($"{_shop.Address}pictures/{picture.Hash}.webp");
        foreach (var path in new[] { "/catalogue?q=bramble", "/cart" })
        {
            var (_, list) = await _shop.Client.OpenAsync(path, "0123456789abcdef0123456789abcdef.1x1");
            list.QuerySelectorAll("img").Select(i => i.GetAttribute("src")).ShouldContain($"pictures/{picture.Hash}-card.webp", path);
        }

        (await _shop.Client.GetStringAsync(new Uri("/products", UriKind.Relative), Cancellation)).ShouldContain($"/pictures/{picture.Hash}.webp");
    }

    [Fact]
    public async Task Have_pictures_that_browsers_keep_for_ever()
    {
        var picture = (await _shop.Services.GetRequiredService<PictureStudio>().DevelopAsync(SomePicture.Of(800, 800), Cancellation)).Picture.ShouldNotBeNull();
        await Desk.ShowAsync(Jam, 0, picture, "Holly", Cancellation);

        using var answer = await _shop.Client.GetAsync(new Uri($"/pictures/{picture.Hash}-card.webp", UriKind.Relative), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/webp");
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await answer.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(picture.Card);
    }

    [Theory]
    [InlineData("/pictures/nope.webp")]
    [InlineData("/pictures/0123456789abcdef0123456789abcdef.webp")]
    [InlineData("/pictures/0123456789abcdef0123456789abcdef.svg")]
    [InlineData("/pictures/..%2Fshop.db")]
    public async Task Have_no_picture_that_nobody_made(string path)
    {
        using var answer = await _shop.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task May_be_new_and_stand_on_their_shelf_with_a_stand_in_for_a_picture()
    {
        var draft = new ProductDraft("Sloe Gin", "sloe-gin", "pantry", 2100, "P-99", "Strong.", "Very strong.", []);
        var id = (await Desk.CreateAsync(draft, "Holly", Cancellation)).ShouldBeOfType<Editing.Saved>().ProductId;
        await _shop.Services.GetRequiredService<StockDesk>().MoveAsync(new(id, MovementKind.Receipt, 3, "First bottles"), "Holly", Cancellation);

        var (_, page) = await _shop.Client.OpenAsync("/catalogue?q=sloe+gin&lang=de");
        page.QuerySelector(".card-name")!.TextContent.ShouldBe("Sloe Gin");
        var drawing = page.QuerySelector(".card-picture")!.GetAttribute("src")!;
        using var answer = await _shop.Client.GetAsync(new Uri(drawing, UriKind.Relative), Cancellation);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        using var order = await _shop.Client.PostOrderAsync($$"""{"customer_name": "Helgi Möller", "products_ids": [{{id}}]}""");
        order.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task EditAsync(Func<ProductDraft, ProductDraft> change)
    {
        await using var db = _shop.OpenDatabase();
        var p = db.Products.Single(p => p.Id == Jam);
        var draft = new ProductDraft(p.Name, p.Slug, p.CategoryId, p.PriceMinor, p.Bin, p.Line, p.Description, [.. p.Details]);
        (await Desk.SaveAsync(Jam, p.Version, change(draft), "Holly", Cancellation)).ShouldBeOfType<Editing.Saved>();
    }
}
