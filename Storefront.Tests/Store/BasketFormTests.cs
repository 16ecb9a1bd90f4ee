using System.Net;
using AngleSharp.Html.Dom;

namespace Storefront.Tests.Store;

/// <summary>The posts that change a basket.</summary>
public sealed class The_basket_of_a_visitor(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose() => Client.Dispose();

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
    [InlineData(" 7 ", "7")]
    [InlineData("007", "7")]
    [InlineData("99999999999999999999", "99")]
    public async Task Takes_as_many_as_were_typed_or_one(string quantity, string inBasket)
    {
        (await AddAsync(("product", "2"), ("quantity", quantity))).Dispose();

        (await Client.OpenAsync("/cart")).Page.QuerySelector("input[name=q2]")!.GetAttribute("value").ShouldBe(inBasket);
    }

    [Theory]
    [InlineData("-3")]
    [InlineData("0")]
    [InlineData("two")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("٣")]
    [InlineData("🐇")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("2\02")]
    public async Task Does_not_guess_how_many_were_meant_and_says_so(string quantity)
    {
        using var answer = await AddAsync(("product", "2"), ("quantity", quantity));

        var (_, cart) = await Client.OpenAsync(answer.Headers.Location!.OriginalString);
        cart.Alert().ShouldBe("We could not read how many of Nettle & Mint Tea you want, so nothing was changed there. Type a whole number, at most 99.");
        cart.QuerySelector("main h2")!.TextContent.ShouldBe("Nothing in it yet");
        cart.QuerySelectorAll("main script").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("two")]
    [InlineData("1.5")]
    [InlineData("\0")]
    public async Task Keeps_a_quantity_in_place_of_one_it_cannot_read_and_takes_the_others(string quantity)
    {
        (await AddAsync(("product", "2"), ("quantity", "3"))).Dispose();
        (await AddAsync(("product", "4"))).Dispose();

        using var answer = await Client.PostAsync((await Client.OpenAsync("/cart")).Page, "/cart/set", ("q2", quantity), ("q4", "5"));

        var (_, cart) = await Client.OpenAsync(answer.Headers.Location!.OriginalString);
        cart.Alert().ShouldStartWith("We could not read how many of Nettle & Mint Tea you want");
        cart.QuerySelector("input[name=q2]")!.GetAttribute("value").ShouldBe("3");
        cart.QuerySelector("input[name=q4]")!.GetAttribute("value").ShouldBe("5");
    }

    [Theory]
    [InlineData("set", "2")]
    [InlineData("set", "2:")]
    [InlineData("set", "2:1:0")]
    [InlineData("set", "99:0")]
    [InlineData("set", "<script>:0")]
    [InlineData("q999", "7")]
    [InlineData("q", "7")]
    public async Task Takes_no_step_that_no_button_has(string field, string value)
    {
        (await AddAsync(("product", "2"), ("quantity", "3"))).Dispose();

        (await Client.PostAsync((await Client.OpenAsync("/cart")).Page, "/cart/set", (field, value))).Dispose();

        (await Client.OpenAsync("/cart")).Page.QuerySelector("input[name=q2]")!.GetAttribute("value").ShouldBe("3");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1 OR 1=1")]
    [InlineData("99999999999999999999")]
    [InlineData("🐇")]
    [InlineData("1\0")]
    public async Task Takes_no_product_that_there_is_not(string? product)
    {
        using var answer = await AddAsync(product is null ? [] : [("product", product)]);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await Client.OpenAsync("/cart")).Page.QuerySelector("main h2")!.TextContent.ShouldBe("Nothing in it yet");
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
        (await AddAsync(("product", "15"), ("quantity", "3"))).Dispose();
        (await AddAsync(("product", "14"))).Dispose();
        (await AddAsync(("product", "1"))).Dispose();
        await _shop.LeaveAsync(15, 1);
        await _shop.LeaveAsync(14, 0);
        var (_, cart) = await Client.OpenAsync("/cart");

        (await Client.PostAsync(cart, "/cart/adjust")).Dispose();

        (_, cart) = await Client.OpenAsync("/cart");
        cart.QuerySelector("input[name=q15]")!.GetAttribute("value").ShouldBe("1");
        cart.QuerySelector("#p-14").ShouldBeNull();
        cart.QuerySelectorAll("main [role=status]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Goes_straight_to_the_checkout_with_what_is_bought_now_and_not_twice()
    {
        (await AddAsync(("product", "1"))).Dispose();
        for (var clicks = 0; clicks < 2; clicks++)
        {
            using var answer = await AddAsync(("product", "2"), ("quantity", "2"), ("then", "checkout"), ("back", "/product/nettle-and-mint-tea"));
            answer.Headers.Location!.OriginalString.ShouldBe("/checkout");
        }

        var (_, checkout) = await Client.OpenAsync("/checkout");
        checkout.QuerySelectorAll(".summary li").Select(l => l.OneLine()).ShouldBe(["Bramble Jam × 1 €6.50", "Nettle & Mint Tea × 2 €11.60"]);
    }

    [Fact]
    public async Task Is_ordered_with_two_clicks_and_one_form_from_the_products_page()
    {
        var (_, product) = await Client.OpenAsync("/product/bramble-jam");
        var buy = (IHtmlButtonElement)product.QuerySelector(".product-form button[name=then]")!;
        var fields = product.QuerySelectorAll(".product-form input").Cast<IHtmlInputElement>().Select(i => KeyValuePair.Create(i.Name!, i.Value));

        using var bought = await Client.PostFormAsync("/cart/add", fields.Append(new(buy.Name!, buy.Value)));
        using var sent = await Client.SendAsync((await Client.OpenAsync(bought.Headers.Location!.OriginalString)).Page);

        (await _shop.FindAsync(sent.Ordered())).Lines.Select(l => (l.Name, l.Quantity)).ShouldBe([("Bramble Jam", 1)]);
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
