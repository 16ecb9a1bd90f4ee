using System.Net;
using AngleSharp.Html.Dom;
using Storefront.Orders;

namespace Storefront.Tests.Store.Accounts;

/// <summary>What an account may do with the orders of its address, and with nobody else's.</summary>
public sealed class An_accounts_orders(AccountShop fixture) : IClassFixture<AccountShop>, IDisposable
{
    private readonly AccountShop _shop = fixture;
    private readonly string _email = AccountShop.NewAddress();

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose() => Client.Dispose();

    [Fact]
    public async Task Can_be_cancelled_from_a_browser_that_never_saw_them()
    {
        await _shop.RegisterAsync(Client, _email);
        var order = await HelgisOrder.PlaceAsync(_shop.Shop, _email);

        using var answer = await Client.PostAsync((await Client.OpenAsync("/orders")).Page, $"/track/{order.Number}/cancel");

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await _shop.Shop.FindAsync(order.Number)).Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public async Task Of_others_stay_closed()
    {
        await _shop.RegisterAsync(Client, _email);
        var mine = await HelgisOrder.PlaceAsync(_shop.Shop, _email);
        foreach (var email in new[] { $"x{_email}", $"{_email}.org", null })
        {
            var others = await HelgisOrder.PlaceAsync(_shop.Shop, email);
            var (_, page) = await Client.OpenAsync($"/track/{others.Number}");
            foreach (var word in HelgisOrder.Personal)
            {
                HelgisOrder.Shown(page).ShouldNotContain(word);
            }

            using var cancel = await Client.PostAsync((await Client.OpenAsync("/account")).Page, $"/track/{others.Number}/cancel");
            cancel.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await Client.OpenAsync("/orders")).Page.QuerySelectorAll(".own-order h2 a").Select(a => a.GetAttribute("href")).ShouldBe([$"/track/{mine.Number}"]);
    }

    [Fact]
    public async Task Stand_beside_those_of_the_browser_which_alone_it_can_forget()
    {
        await _shop.RegisterAsync(Client, _email);
        var mine = await HelgisOrder.PlaceAsync(_shop.Shop, _email);
        var browsers = await HelgisOrder.PlaceAsync(_shop.Shop, email: null);
        (await Client.AskAsync(browsers.Mailed)).Dispose();

        var (_, page) = await Client.OpenAsync("/orders");

        page.QuerySelectorAll(".own-order h2 a").Select(a => a.GetAttribute("href")).ShouldBe([$"/track/{browsers.Number}", $"/track/{mine.Number}"]);
        page.QuerySelectorAll(".own-order form[action^='/orders/forget']").Select(f => f.GetAttribute("action")).ShouldBe([$"/orders/forget/{browsers.Number}"]);
    }

    [Fact]
    public async Task Fill_in_the_checkout()
    {
        await _shop.RegisterAsync(Client, _email);
        await HelgisOrder.PlaceAsync(_shop.Shop, _email);
        (await Client.PostAsync((await Client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", "1"))).Dispose();

        var (_, page) = await Client.OpenAsync("/checkout");

        (ValueOf(page, "email"), ValueOf(page, "name"), ValueOf(page, "street"), ValueOf(page, "country")).ShouldBe((_email, "Helgi Möller", "Hedge Lane 7", "Iceland"));
    }

    private static string ValueOf(IHtmlDocument page, string id) => ((IHtmlInputElement)page.QuerySelector($"#{id}")!).Value;
}

/// <summary>Nobody could prove an address, so there are no accounts.</summary>
public sealed class A_shop_that_writes_no_mail(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    [Theory]
    [InlineData("/account")]
    [InlineData("/account/signin")]
    [InlineData("/account/register")]
    [InlineData("/account/forgot")]
    [InlineData("/account/password?link=x")]
    [InlineData("/account/signout")]
    public async Task Has_no_accounts_and_helps_whoever_looks_for_one(string path)
    {
        var (status, page) = await fixture.Shop.Client.OpenAsync(path);

        status.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelector("main form[role=search], main .search-form, main form").ShouldNotBeNull("the help page");
    }

    [Fact]
    public async Task Has_no_links_to_any()
    {
        foreach (var path in new[] { "/", "/orders" })
        {
            (await fixture.Shop.Client.OpenAsync(path)).Page.QuerySelectorAll("a[href^='/account']").ShouldBeEmpty();
        }

        File.Exists(Path.Combine(fixture.Shop.DataFolder, "accounts.db")).ShouldBeFalse();
    }
}
