using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Tests.Store;

/// <summary>Which language a page speaks, and what it does in it.</summary>
public sealed class The_language_of_the_pages(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A browser of each test's own.</summary>
    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose() => Client.Dispose();

    [Theory]
    [InlineData("de", "de", "Alles am Stand")]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "de", "Alles am Stand")]
    [InlineData("fr-FR,is;q=0.4,en;q=0.3", "is", "Allt á básnum")]
    [InlineData("fr", "en", "Everything on the stall")]
    [InlineData("is;q=0, nonsense;;;", "en", "Everything on the stall")]
    public async Task Is_the_browsers_first_that_the_shop_knows(string accepted, string code, string title)
    {
        using var answer = await AskAsync("/catalogue", accepted);

        answer.Content.Headers.ContentLanguage.ShouldBe([code]);
        answer.Headers.Vary.ShouldBe(["Cookie", "Accept-Language"]);
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        text.ShouldContain($"<html lang=\"{code}\"");
        text.ShouldContain($"<h1>{title}</h1>");
    }

    [Fact]
    public async Task Is_the_one_that_was_chosen_and_the_choice_comes_back_to_the_page()
    {
        var (_, page) = await Client.OpenAsync("/catalogue?category=teas");
        page.QuerySelectorAll(".languages button").Select(b => b.TextContent).ShouldBe(["English", "Deutsch", "Íslenska"]);
        page.QuerySelector(".languages [aria-current]")!.TextContent.ShouldBe("English");
        var back = ((IHtmlInputElement)page.QuerySelector(".languages input[name=back]")!).Value;

        using var answer = await Client.PostAsync(page, "/language", ("back", back), ("language", "is"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/catalogue?category=teas");
        (await Client.OpenAsync("/")).Page.DocumentElement.GetAttribute("lang").ShouldBe("is");
        using var german = await AskAsync("/cart", "de");
        german.Content.Headers.ContentLanguage.ShouldBe(["is"], "the choice is stronger than the browser");
    }

    [Theory]
    [InlineData("/catalogue?lang=de", "/catalogue")]
    [InlineData("/catalogue?category=teas&lang=de", "/catalogue?category=teas")]
    [InlineData("/catalogue?language=x", "/catalogue?language=x")]
    public async Task Is_chosen_also_where_the_address_names_another(string back, string place)
    {
        using var answer = await Client.PostAsync((await Client.OpenAsync("/")).Page, "/language", ("back", back), ("language", "is"));

        answer.Headers.Location!.OriginalString.ShouldBe(place);
    }

    [Theory]
    [InlineData("//evil.example", "de")]
    [InlineData("https://evil.example/", "de")]
    [InlineData("/\\evil.example", "de")]
    [InlineData("/ok\r\nX: y", "nonsense")]
    public async Task Is_chosen_without_leaving_the_shop(string back, string language)
    {
        using var answer = await Client.PostAsync((await Client.OpenAsync("/")).Page, "/language", ("back", back), ("language", language));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task Is_named_in_addresses_for_search_engines()
    {
        var (_, page) = await Client.OpenAsync("/product/bramble-jam?lang=de");

        page.QuerySelector("h1")!.TextContent.ShouldBe("Brombeer-Marmelade");
        page.QuerySelector(".product-price .price")!.TextContent.ShouldBe("6,50\u00a0€");
        page.QuerySelectorAll("link[rel=alternate]").Select(l => l.GetAttribute("hreflang")).ShouldBe(["en", "de", "is", "x-default"]);
        (await Client.OpenAsync("/product/bramble-jam")).Page.QuerySelector("h1")!.TextContent.ShouldBe("Bramble Jam", "an address chooses for its page only");
    }

    [Fact]
    public async Task Is_that_of_the_search()
    {
        (await Client.OpenAsync("/catalogue?lang=de&q=brombeer")).Page.QuerySelectorAll(".card-name").Select(n => n.TextContent).ShouldContain("Brombeer-Marmelade");
        (await Client.OpenAsync("/catalogue?lang=is&q=krukka")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Is_that_of_the_help_on_pages_that_do_not_exist()
    {
        using var answer = await AskAsync("/nope", "de");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Unter dieser Adresse ist nichts");
    }

    [Fact]
    public async Task Is_that_of_the_checkouts_faults_which_keep_what_was_typed_and_of_the_order()
    {
        await ChooseAsync("de");
        (await Client.PostAsync((await Client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", "1"))).Dispose();
        using var refused = await Client.CheckOutAsync((await Client.OpenAsync("/checkout")).Page, name: new string('x', 201));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var text = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancellation));
        text.ShouldContain("Ein Feld braucht noch einen Blick");
        text.ShouldContain("„Dein Name“ darf höchstens 200 Zeichen haben; es sind 201.");
        text.ShouldContain("value=\"Hedge Lane 7\"");

        using var accepted = await Client.CheckOutAsync((await Client.OpenAsync("/checkout")).Page);

        var number = accepted.Ordered();
        await using var db = _shop.OpenDatabase();
        (await db.Orders.AsNoTracking().SingleAsync(o => o.Number == number, Cancellation)).Language.ShouldBe("de");
        var (_, page) = await Client.OpenAsync($"/track/{number}");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Deine Bestellung ist aufgegeben");
        page.QuerySelector(".order-goods tbody th")!.TextContent.ShouldBe("Brombeer-Marmelade");
        page.QuerySelector(".order-history li span")!.TextContent.ShouldBe("Bestellung aufgegeben");
        page.QuerySelector(".order-goods time")!.TextContent.ShouldMatch(@"^\d{1,2}\. \p{L}+\.? \d{4}, \d\d:\d\d UTC$");
    }

    [Fact]
    public async Task Is_English_for_programs_and_for_the_staff_whatever_the_browser_says()
    {
        var number = await _shop.PlaceAsync(Cancellation);
        using var order = await AskAsync($"/order/{number}", "de");
        order.Content.Headers.ContentLanguage.ShouldBeEmpty();
        var entry = (await order.JsonAsync()).GetProperty("history")[0];
        entry.GetProperty("text").GetString().ShouldBe("Order placed");
        entry.EnumerateObject().Select(p => p.Name).ShouldBe(["seq", "at", "kind", "text"]);

        using var desk = await AskAsync("/signin", "de");
        (await desk.Content.ReadAsStringAsync(Cancellation)).ShouldContain("<html lang=\"en\"");
    }

    private async Task ChooseAsync(string language) =>
        (await Client.PostAsync((await Client.OpenAsync("/")).Page, "/language", ("back", "/"), ("language", language))).Dispose();

    private async Task<HttpResponseMessage> AskAsync(string path, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        return await Client.SendAsync(request, Cancellation);
    }
}
