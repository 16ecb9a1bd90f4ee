using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
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

    [Fact]
    public async Task Come_along_in_the_accounts_copy_and_nobody_elses()
    {
        await _shop.RegisterAsync(Client, _email);
        var mine = await HelgisOrder.PlaceAsync(_shop.Shop, _email);
        await HelgisOrder.PlaceAsync(_shop.Shop, AccountShop.NewAddress());

        using var answer = await Client.AskAsync("/account/copy");

        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var copy = await answer.JsonAsync();
        copy.GetProperty("email").GetString().ShouldBe(_email);
        var order = copy.GetProperty("orders").EnumerateArray().ShouldHaveSingleItem();
        order.GetProperty("order").GetProperty("order_num").GetString().ShouldBe(mine.Number.ToString());
        order.GetProperty("customer").GetProperty("name").GetString().ShouldBe("Helgi Möller");
        copy.GetRawText().ShouldNotContain("hash", Case.Insensitive);
        using var stranger = _shop.Shop.NewClient();
        using var closed = await stranger.AskAsync("/account/copy");
        closed.LeadsTo().ShouldBe("/account/signin?returnUrl=%2Faccount");
    }

    [Fact]
    public async Task Stay_with_the_shop_when_the_account_is_deleted_and_belong_to_none()
    {
        await _shop.RegisterAsync(Client, _email);
        using var phone = _shop.Shop.NewClient();
        (await AccountShop.SignInAsync(phone, _email, AccountShop.Password)).Dispose();
        var order = await HelgisOrder.PlaceAsync(_shop.Shop, _email);

        using (var wrong = await DeleteAsync("wrong"))
        {
            wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await AccountShop.IsInsideAsync(Client)).ShouldBeTrue();
        }

        using var answer = await DeleteAsync(AccountShop.Password);

        answer.LeadsTo().ShouldBe("/account/signin?gone=1");
        foreach (var device in new[] { Client, phone })
        {
            (await AccountShop.IsInsideAsync(device)).ShouldBeFalse();
            (await device.OpenAsync("/orders")).Page.QuerySelectorAll(".own-order").ShouldBeEmpty();
        }

        using var again = await AccountShop.SignInAsync(Client, _email, AccountShop.Password);
        again.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _shop.Shop.Services.GetRequiredService<OrderOwners>().FindAsync(order.Number, TestContext.Current.CancellationToken))!.Email.ShouldBe(_email);
        (await _shop.AskForMailAsync(Client, "/account/register", _email)).Subject.ShouldBe("Confirm your address (Hopwick)", "it may begin anew");
    }

    [Fact]
    public async Task Are_not_deleted_with_the_account_before_its_page_says_what_happens()
    {
        await _shop.RegisterAsync(Client, _email);

        var (_, page) = await Client.OpenAsync("/account/delete");

        page.QuerySelector("main ul")!.TextContent.ShouldContain("Your orders stay in our books");
        using var forged = await Client.SendAsync("/account/delete", ("_handler", "delete-account"), ("Form.Password", AccountShop.Password));
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await AccountShop.IsInsideAsync(Client)).ShouldBeTrue();
    }

    private async Task<HttpResponseMessage> DeleteAsync(string password) => await Client.PostAsync(
        (await Client.OpenAsync("/account/delete")).Page, "/account/delete", ("_handler", "delete-account"), ("Form.Password", password));

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
    [InlineData("/account/copy")]
    [InlineData("/account/delete")]
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
