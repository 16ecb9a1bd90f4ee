using System.IO.Compression;
using System.Net;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

/// <summary>Who sees what on the page of an order.</summary>
public sealed class The_page_of_an_order(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private readonly TestShop _shop = fixture.Shop;

    [Fact]
    public async Task Shows_goods_and_progress_and_nothing_personal_to_whoever_has_the_number()
    {
        var order = await HelgisOrder.PlaceAsync(_shop);

        using var answer = await _shop.NewClient().AskAsync($"/track/{order.Number}");

        var page = await answer.PageAsync();
        page.QuerySelector("h1")!.TextContent.ShouldBe("Your order is placed");
        page.QuerySelector("main table")!.TextContent.ShouldContain("Bramble Jam");
        ShowsNothingPersonal(page.DocumentElement.OuterHtml);
        page.QuerySelector(".order-stranger a")!.GetAttribute("href").ShouldBe("/track");
    }

    [Fact]
    public async Task Shows_everything_to_the_browser_that_ordered()
    {
        using var client = _shop.NewClient();
        using var answer = await client.OrderAsync();

        var (_, page) = await client.OpenAsync($"/track/{answer.Ordered()}");

        page.QuerySelector(".order-customer")!.TextContent.ShouldContain("Helgi Möller");
        page.QuerySelector(".order-stranger").ShouldBeNull();
    }

    [Fact]
    public async Task Opened_by_the_mailed_link_is_remembered_and_shows_everything_at_an_address_that_gives_nothing_away()
    {
        var order = await HelgisOrder.PlaceAsync(_shop);
        using var client = _shop.NewClient();

        using var answer = await client.AskAsync(order.Mailed);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        new Uri(_shop.Address, answer.Headers.Location!).PathAndQuery.ShouldBe($"/track/{order.Number}");
        ShowsNothingPersonal(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var (_, page) = await client.OpenAsync($"/track/{order.Number}");
        var customer = page.QuerySelector(".order-customer")!.TextContent;
        foreach (var line in new[] { "Helgi Möller", "Hedge Lane 7", "101 Reykjavík", "Iceland", "helgi@example.com", "Leave it under the fern" })
        {
            customer.ShouldContain(line);
        }

        page.QuerySelector("form[action$='/cancel']").ShouldNotBeNull("it may do what the browser that ordered may");
    }

    /// <summary>What length a page has when compressed could give away what is on it, to whoever puts guesses into its address.</summary>
    [Fact]
    public async Task Is_compressed_since_it_repeats_nothing_of_its_address_and_my_orders_are_not()
    {
        var order = await HelgisOrder.PlaceAsync(_shop);
        using var client = _shop.NewClient();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");

        using var anybodys = await client.AskAsync($"/track/{order.Number}");
        (await client.AskAsync(order.Mailed)).Dispose();
        using var own = await client.AskAsync($"/track/{order.Number}?q=guess&guess=guess&from=guess");
        using var orders = await client.AskAsync("/orders");

        anybodys.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        own.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        await using var packed = await own.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var page = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress));
        var text = await page.ReadToEndAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("order-customer");
        text.ShouldNotContain("guess", Case.Insensitive);
        orders.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Fact]
    public async Task Opened_by_the_mailed_link_is_found_however_its_number_is_typed()
    {
        var order = await HelgisOrder.PlaceAsync(_shop);

        using var answer = await _shop.NewClient().AskAsync(order.Mailed.Replace("-", "", StringComparison.Ordinal).Replace(order.Number.ToString(), order.Number.ToString().ToLowerInvariant(), StringComparison.Ordinal));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        new Uri(_shop.Address, answer.Headers.Location!).PathAndQuery.ShouldBe($"/track/{order.Number}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("%00%00")]
    [InlineData("%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("%E2%80%AEfedcba")]
    [InlineData("%F0%9F%90%87")]
    [InlineData("x&key=y")]
    public async Task With_a_wrong_key_says_so_kindly_and_shows_what_anybody_sees(string key)
    {
        var order = await HelgisOrder.PlaceAsync(_shop);

        using var answer = await _shop.NewClient().AskAsync($"/track/{order.Number}?key={key}");

        await ShowsTheNumbersTierAsync(answer);
    }

    [Fact]
    public async Task With_the_key_of_another_order_or_one_in_capitals_shows_what_anybody_sees()
    {
        var (order, other) = (await HelgisOrder.PlaceAsync(_shop), await HelgisOrder.PlaceAsync(_shop));
        foreach (var key in new[] { other.Key, order.Key.ToUpperInvariant(), order.Key[..^1], order.Key + "0" })
        {
            using var answer = await _shop.NewClient().AskAsync($"/track/{order.Number}?key={key}");
            await ShowsTheNumbersTierAsync(answer);
        }
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}.0123456789abcdef0123456789abcdef")]
    [InlineData("{0}.{1}0")]
    [InlineData("{0}.{2}")]
    [InlineData("{0}.%00")]
    public async Task With_a_cookie_that_was_made_up_shows_what_anybody_sees(string cookie)
    {
        var (order, other) = (await HelgisOrder.PlaceAsync(_shop), await HelgisOrder.PlaceAsync(_shop));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _shop.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{OwnOrders.CookieName}={string.Format(cookie, order.Number, order.Key, other.Key)}");

        var (status, page) = await client.OpenAsync($"/track/{order.Number}");

        status.ShouldBe(HttpStatusCode.OK);
        ShowsNothingPersonal(page.DocumentElement.OuterHtml);
        page.QuerySelector("form[action$='/cancel']").ShouldBeNull();
    }

    [Fact]
    public async Task Of_no_order_is_a_404_with_any_key_and_remembers_nothing()
    {
        var nobodys = OrderNumber.New();

        using var answer = await _shop.NewClient().AskAsync($"/track/{nobodys}?key=0123456789abcdef0123456789abcdef");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.Cookie(OwnOrders.CookieName).ShouldBeNull();
    }

    [Theory]
    [InlineData("/track")]
    [InlineData("/track/{0}")]
    [InlineData("/track/{0}?key={1}")]
    [InlineData("/track/{0}?key=wrong")]
    [InlineData("/track/{0}/cancel")]
    [InlineData("/track/{0}/reorder")]
    [InlineData("/track/0000-0000-0000")]
    [InlineData("/orders")]
    [InlineData("/orders/forget")]
    public async Task Is_kept_by_no_cache_and_its_address_told_to_no_other_site(string path)
    {
        var order = await HelgisOrder.PlaceAsync(_shop);

        using var answer = await _shop.NewClient().AskAsync(string.Format(path, order.Number, order.Key));

        answer.Headers.CacheControl!.ToString().Split(", ").Order().ShouldBe(["no-store", "private"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
    }

    [Fact]
    public async Task Has_the_address_without_a_key_to_pass_on_as_text_and_as_a_code()
    {
        var order = await HelgisOrder.PlaceAsync(_shop);

        using var answer = await _shop.NewClient().AskAsync($"/track/{order.Number}?key=wrong");

        var page = await answer.PageAsync();
        var address = new Uri(_shop.Address, $"/track/{order.Number}").ToString();
        page.QuerySelector("#share-link")!.GetAttribute("value").ShouldBe(address);
        var button = page.QuerySelector("[data-copy]")!;
        button.GetAttribute("data-copy").ShouldBe(address);
        button.HasAttribute("hidden").ShouldBeTrue("only a script can copy, so a script shows it");
        page.QuerySelector("svg.qr")!.GetAttribute("aria-label").ShouldBe($"QR code with the address of order {order.Number}");
    }

    private static async Task ShowsTheNumbersTierAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Cookie(OwnOrders.CookieName).ShouldBeNull();
        var page = await answer.PageAsync();
        page.QuerySelector(".notice")!.TextContent.ShouldContain("The key in this link is not that of this order");
        page.QuerySelectorAll("main script").ShouldBeEmpty();
        ShowsNothingPersonal(page.DocumentElement.OuterHtml);
    }

    private static void ShowsNothingPersonal(string html)
    {
        // What the circuit is handed is sealed, and letters stand in it by chance.
        var seen = System.Text.RegularExpressions.Regex.Replace(html, "<!--.*?-->|<input[^>]*RequestVerificationToken[^>]*>|<svg.*?</svg>", "", System.Text.RegularExpressions.RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        foreach (var word in HelgisOrder.Personal)
        {
            seen.ShouldNotContain(word);
        }
    }
}
