using System.Net;
using AngleSharp.Html.Dom;
using Storefront.Tests.Account;

namespace Storefront.Tests.Store.Accounts;

/// <summary>Coming into an account, and out of it.</summary>
public sealed class Signing_in_as_a_customer(AccountShop fixture) : IClassFixture<AccountShop>, IDisposable
{
    private const string Another = "another dozen of letters";

    private readonly AccountShop _shop = fixture;
    private readonly string _email = AccountShop.NewAddress();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose() => Client.Dispose();

    [Fact]
    public async Task Is_refused_alike_for_a_wrong_password_an_unknown_address_and_an_account_that_rests()
    {
        await _shop.RegisterAsync(Client, _email);
        using var other = _shop.Shop.NewClient();

        var unknown = await RefusalAsync(other, AccountShop.NewAddress(), AccountShop.Password);
        for (var i = 0; i < 5; i++)
        {
            (await RefusalAsync(other, _email, "wrong")).ShouldBe(unknown);
        }

        (await RefusalAsync(other, _email, AccountShop.Password)).ShouldBe(unknown, "the right password, too late");
        (await RefusalAsync(other, _email, new string('x', 5000))).ShouldBe(unknown);
        (await AccountShop.IsInsideAsync(other)).ShouldBeFalse();
        (await AccountShop.IsInsideAsync(Client)).ShouldBeTrue("who is inside stays there");
    }

    [Fact]
    public async Task Works_again_at_once_with_a_password_chosen_by_mail_which_ends_every_other_session_and_the_old_password()
    {
        await _shop.RegisterAsync(Client, _email);
        using var other = _shop.Shop.NewClient();
        for (var i = 0; i < 5; i++)
        {
            await RefusalAsync(other, _email, "wrong");
        }

        var link = AccountShop.LinkIn(await _shop.AskForMailAsync(other, "/account/forgot", _email));
        using var answer = await AccountShop.ChooseAsync(other, link, Another);

        answer.LeadsTo().ShouldBe("/orders");
        (await AccountShop.IsInsideAsync(other)).ShouldBeTrue();
        (await AccountShop.IsInsideAsync(Client)).ShouldBeFalse();
        using var old = await AccountShop.SignInAsync(Client, _email, AccountShop.Password);
        old.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var right = await AccountShop.SignInAsync(Client, _email, Another);
        right.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Client.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.Gone, "good once");
    }

    [Fact]
    public async Task Lasts_until_signing_out_here_or_everywhere()
    {
        await _shop.RegisterAsync(Client, _email);
        using var phone = _shop.Shop.NewClient();
        (await AccountShop.SignInAsync(phone, _email, AccountShop.Password)).Dispose();

        (await Client.PostAsync((await Client.OpenAsync("/account")).Page, "/account/signout")).Dispose();
        (await AccountShop.IsInsideAsync(Client)).ShouldBeFalse();
        (await AccountShop.IsInsideAsync(phone)).ShouldBeTrue();

        (await AccountShop.SignInAsync(Client, _email, AccountShop.Password)).Dispose();
        using var answer = await Client.PostAsync((await Client.OpenAsync("/account")).Page, "/account/signout/everywhere");
        answer.LeadsTo().ShouldBe("/account/signin?left=1");
        (await AccountShop.IsInsideAsync(Client)).ShouldBeFalse();
        (await AccountShop.IsInsideAsync(phone)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/account", "/account")]
    [InlineData("/track/7Q4M-X0ZB-K2TD", "/track/7Q4M-X0ZB-K2TD")]
    [InlineData("https://evil.example/", "/orders")]
    [InlineData("//evil.example/", "/orders")]
    [InlineData("/\\evil.example", "/orders")]
    [InlineData("javascript:alert(1)", "/orders")]
    public async Task Leads_on_to_a_page_of_this_shop_and_nowhere_else(string back, string leadsTo)
    {
        await _shop.RegisterAsync(Client, _email);
        using var other = _shop.Shop.NewClient();

        using var answer = await AccountShop.SignInAsync(other, _email, AccountShop.Password, back);

        answer.LeadsTo().ShouldBe(leadsTo);
    }

    [Fact]
    public async Task Asks_for_what_is_missing_and_keeps_the_address_but_no_password()
    {
        using var answer = await AccountShop.SignInAsync(Client, "<b>helgi", "");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.PageAsync();
        page.QuerySelector("#email-fault")!.TextContent.Trim().ShouldBe("Enter an address like helgi@example.com.");
        page.QuerySelector("#password-fault")!.TextContent.Trim().ShouldBe("Enter your password.");
        ((IHtmlInputElement)page.QuerySelector("#email")!).Value.ShouldBe("<b>helgi");
        page.QuerySelector("#password")!.GetAttribute("autocomplete").ShouldBe("current-password");
    }

    [Theory]
    [InlineData("/account/signin", "customer-signin")]
    [InlineData("/account/register", "mailed-link")]
    [InlineData("/account/forgot", "mailed-link")]
    public async Task Is_not_done_because_another_site_says_so(string path, string handler)
    {
        using var answer = await Client.SendAsync(path, ("_handler", handler), ("Form.Email", _email), ("Form.Password", AccountShop.Password));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.PageAsync()).QuerySelector("main [role=alert]")!.TextContent.ShouldContain("had grown old");
    }

    [Fact]
    public async Task Is_possible_so_often_in_a_minute()
    {
        await using var own = await AccountShop.OpenAsync(("RateLimit:AccountTriesPerMinute", "2"));
        using var client = own.Shop.NewClient();
        await RefusalAsync(client, _email, "wrong");
        (await AccountShop.TypeAsync(client, "/account/forgot", _email)).Dispose();

        using var answer = await AccountShop.SignInAsync(client, _email, "wrong");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task Opens_no_door_of_the_staffs_and_theirs_opens_none_of_an_account()
    {
        await _shop.RegisterAsync(Client, _email);
        using var other = _shop.Shop.NewClient();
        using var signedIn = await AccountShop.SignInAsync(other, _email, AccountShop.Password);
        var customers = ValueOf(signedIn.Headers.Cookie("storefront.customer"));
        using var staff = await _shop.Shop.NewClient().SignInAsync(TestShop.StaffPassword);
        var staffs = ValueOf(staff.Headers.Cookie("storefront.staff"));

        (await AskAsync("/account", $"storefront.customer={customers}")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("/backoffice", $"storefront.staff={staffs}")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("/backoffice", $"storefront.customer={customers}")).ShouldBe(HttpStatusCode.Found);
        (await AskAsync("/backoffice", $"storefront.staff={customers}")).ShouldBe(HttpStatusCode.Found);
        (await AskAsync("/account", $"storefront.staff={staffs}")).ShouldBe(HttpStatusCode.Found);
        (await AskAsync("/account", $"storefront.customer={staffs}")).ShouldBe(HttpStatusCode.Found);
    }

    private static string ValueOf(string? cookie) => cookie.ShouldNotBeNull().Split(';')[0].Split('=', 2)[1];

    private async Task<HttpStatusCode> AskAsync(string path, string cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _shop.Shop.Address };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }

    /// <summary>What the page says to a try that does not succeed.</summary>
    private static async Task<string> RefusalAsync(HttpClient client, string email, string password)
    {
        using var answer = await AccountShop.SignInAsync(client, email, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        return HelgisOrder.Shown(await answer.PageAsync());
    }
}
