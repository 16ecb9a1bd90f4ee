using System.Net;

namespace Storefront.Tests.Store;

/// <summary>The posts that change a basket.</summary>
public sealed class The_basket_of_a_visitor : IAsyncLifetime
{
    private TestShop _shop = null!;

    private HttpClient Client => _shop.Client;

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Is_kept_in_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        using var answer = await AddAsync(("product", "1"), ("back", "/"));

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("basket=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("max-age=7776000");
    }

    [Theory]
    [InlineData("/catalogue?category=teas&q=%C3%A9", "/catalogue?category=teas&q=%C3%A9#p-2")]
    [InlineData("//evil.example", "/catalogue#p-2")]
    [InlineData("/\\evil.example", "/catalogue#p-2")]
    [InlineData("https://evil.example/", "/catalogue#p-2")]
    [InlineData("javascript:alert(1)", "/catalogue#p-2")]
    [InlineData("/é", "/catalogue#p-2")]
    [InlineData("", "/catalogue#p-2")]
    public async Task Returns_to_the_page_it_was_filled_on_and_to_no_other_site(string back, string address)
    {
        using var answer = await AddAsync(("product", "2"), ("back", back));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe(address);
    }

    [Fact]
    public async Task Is_not_filled_by_another_site()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("product", "1")]);
        using var answer = await Client.PostAsync(new Uri("/cart/add", UriKind.Relative), form, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("This page grew old");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("16", "50", "The shelf has only 3 of Copper Dibber")]
    [InlineData("2", "500", "A basket takes at most 99 of one thing")]
    public async Task Says_why_not_everything_went_in(string product, string quantity, string why)
    {
        using var answer = await AddAsync(("product", product), ("quantity", quantity), ("back", "/"));

        (await Client.OpenAsync(answer.Headers.Location!.OriginalString)).Page.QuerySelector("main [role=status]")!.TextContent.ShouldContain(why);
    }

    [Fact]
    public async Task Takes_a_hundred_pieces_in_all_and_says_so()
    {
        (await AddAsync(("product", "2"), ("quantity", "99"))).Dispose();
        (await AddAsync(("product", "4"), ("quantity", "1"))).Dispose();
        using var answer = await AddAsync(("product", "42"), ("quantity", "1"));

        (await Client.OpenAsync(answer.Headers.Location!.OriginalString)).Page.QuerySelector("main [role=status]")!.TextContent.ShouldContain("at most 100 pieces in all");
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("", "1")]
    [InlineData("-3", "1")]
    [InlineData("two", "1")]
    [InlineData("99999999999999999999", "1")]
    [InlineData(" 7 ", "7")]
    public async Task Takes_one_of_what_it_cannot_count(string quantity, string inBasket)
    {
        (await AddAsync(("product", "2"), ("quantity", quantity))).Dispose();

        (await Client.OpenAsync("/cart")).Page.QuerySelector("input[name=q2]")!.GetAttribute("value").ShouldBe(inBasket);
    }

    [Fact]
    public async Task Does_not_take_what_is_sold_out_or_unknown()
    {
        (await AddAsync(("product", "21"))).Dispose();
        (await AddAsync(("product", "999"))).Dispose();

        (await Client.OpenAsync("/cart")).Page.QuerySelector("main h2")!.TextContent.ShouldBe("Nothing in it yet");
    }

    [Fact]
    public async Task Is_brought_down_to_what_is_left()
    {
        (await AddAsync(("product", "16"), ("quantity", "3"))).Dispose();
        (await AddAsync(("product", "1"))).Dispose();
        await _shop.PlaceAsync(TestContext.Current.CancellationToken, 16, 16);
        var (_, cart) = await Client.OpenAsync("/cart");
        cart.QuerySelector("main")!.TextContent.ShouldContain("Only 1 left, and your basket has 3.");
        cart.QuerySelector("a[href='/checkout']").ShouldBeNull();

        (await Client.PostAsync(cart, "/cart/adjust")).Dispose();

        (_, cart) = await Client.OpenAsync("/cart");
        cart.QuerySelector("input[name=q16]")!.GetAttribute("value").ShouldBe("1");
        cart.QuerySelector("a[href='/checkout']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Loses_a_line_that_is_removed_and_its_cookie_with_the_last()
    {
        (await AddAsync(("product", "1"))).Dispose();
        var (_, cart) = await Client.OpenAsync("/cart");

        using var answer = await Client.PostAsync(cart, "/cart/set", ("set", "1:0"));

        answer.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("basket=;", StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> AddAsync(params (string, string)[] fields) =>
        await Client.PostAsync((await Client.OpenAsync("/catalogue")).Page, "/cart/add", fields);
}
