using System.Net;
using AngleSharp.Html.Dom;
using MimeKit;
using SmtpServer.Protocol;
using Storefront.Tests.Departments.Mail;

namespace Storefront.Tests.Store.Accounts;

/// <summary>From an address that somebody types to an account: only by way of its letter-box.</summary>
public sealed class Opening_an_account(AccountShop fixture) : IClassFixture<AccountShop>, IDisposable
{
    private readonly AccountShop _shop = fixture;
    private readonly string _email = AccountShop.NewAddress();

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose() => Client.Dispose();

    [Fact]
    public async Task Takes_the_link_in_a_mail_and_a_password_and_leads_to_the_orders()
    {
        var mail = await _shop.AskForMailAsync(Client, "/account/register", _email);
        (await AccountShop.IsInsideAsync(Client)).ShouldBeFalse("nothing is proved yet");

        mail.From.Mailboxes.Single().Address.ShouldBe("orders@hopwick.example");
        mail.Subject.ShouldBe("Confirm your address (Hopwick)");
        mail.Body.ShouldBeOfType<MultipartAlternative>().Select(p => p.ContentType.MimeType).ShouldBe(["text/plain", "text/html"]);
        mail.Headers[HeaderId.AutoSubmitted].ShouldBe("auto-generated");
        using var answer = await AccountShop.ChooseAsync(Client, AccountShop.LinkIn(mail));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.LeadsTo().ShouldBe("/orders");
        var (_, account) = await Client.OpenAsync("/account");
        account.QuerySelector(".page-line")!.TextContent.ShouldBe(_email);
        var cookie = answer.Headers.Cookie("storefront.customer").ShouldNotBeNull();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        _shop.Shop.Log.ShouldNotContain(_email);
    }

    [Fact]
    public async Task Gathers_what_was_ordered_with_its_address_before_on_every_device()
    {
        var order = await HelgisOrder.PlaceAsync(_shop.Shop, _email.ToUpperInvariant());
        var strangers = await HelgisOrder.PlaceAsync(_shop.Shop, AccountShop.NewAddress());
        await _shop.RegisterAsync(Client, _email);
        using var phone = _shop.Shop.NewClient();
        (await AccountShop.SignInAsync(phone, _email, AccountShop.Password)).Dispose();

        foreach (var device in new[] { Client, phone })
        {
            var (_, orders) = await device.OpenAsync("/orders");
            orders.QuerySelectorAll(".own-order h2 a").Select(a => a.GetAttribute("href")).ShouldBe([$"/track/{order.Number}"]);
            orders.QuerySelectorAll(".forget").ShouldBeEmpty("forgetting would not take it away");
            (await device.OpenAsync($"/track/{order.Number}")).Page.QuerySelector(".order-customer")!.TextContent.ShouldContain("Hedge Lane 7");
            (await device.OpenAsync($"/track/{strangers.Number}")).Page.QuerySelector(".order-customer").ShouldBeNull();
        }
    }

    [Fact]
    public async Task Gives_nothing_away_before_the_address_is_proved()
    {
        var order = await HelgisOrder.PlaceAsync(_shop.Shop, _email);

        await _shop.AskForMailAsync(Client, "/account/register", _email);

        (await Client.OpenAsync("/orders")).Page.QuerySelectorAll(".own-order").ShouldBeEmpty();
        (await Client.OpenAsync($"/track/{order.Number}")).Page.QuerySelector(".order-customer").ShouldBeNull();
        using var signIn = await AccountShop.SignInAsync(Client, _email, AccountShop.Password);
        signIn.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/account/register")]
    [InlineData("/account/forgot")]
    public async Task Is_answered_alike_whether_the_address_has_one_or_not(string path)
    {
        await _shop.RegisterAsync(Client, _email);

        using var known = await AccountShop.TypeAsync(Client, path, _email);
        using var unknown = await AccountShop.TypeAsync(Client, path, AccountShop.NewAddress());

        (known.StatusCode, known.Headers.Location).ShouldBe((unknown.StatusCode, unknown.Headers.Location));
        HelgisOrder.Shown(await known.PageAsync()).ShouldBe(HelgisOrder.Shown(await unknown.PageAsync()));
        (await Client.OpenAsync(known.LeadsTo())).Page.QuerySelector("[role=status]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Tells_who_has_one_by_mail_and_changes_nothing()
    {
        await _shop.RegisterAsync(Client, _email);

        var mail = await _shop.AskForMailAsync(Client, "/account/register", _email.ToUpperInvariant());

        mail.Subject.ShouldBe("You have an account already (Hopwick)");
        AccountShop.LinkIn(mail).ShouldBe("/account/signin");
        mail.To.Mailboxes.Single().Address.ShouldBe(_email, "the proved spelling");
    }

    [Fact]
    public async Task Writes_in_the_customers_language()
    {
        Client.DefaultRequestHeaders.Add("Accept-Language", "de");

        var mail = await _shop.AskForMailAsync(Client, "/account/register", _email);

        mail.Subject.ShouldBe("Bestätige deine Adresse (Hopwick)");
        mail.Page().ShouldContain("<html lang=\"de\">");
    }

    [Fact]
    public async Task Works_once_for_each_link()
    {
        var link = AccountShop.LinkIn(await _shop.AskForMailAsync(Client, "/account/register", _email));
        (await AccountShop.ChooseAsync(Client, link)).Dispose();

        var (status, page) = await Client.OpenAsync(link);

        status.ShouldBe(HttpStatusCode.Gone);
        page.QuerySelector("h1")!.TextContent.ShouldBe("This link has run out");
    }

    [Theory]
    [InlineData("/account/password")]
    [InlineData("/account/password?link=")]
    [InlineData("/account/password?link=nonsense")]
    [InlineData("/account/password?link=CfDJ8%00%FF")]
    public async Task Takes_no_link_that_the_shop_did_not_make(string path) => (await Client.OpenAsync(path)).Status.ShouldBe(HttpStatusCode.Gone);

    [Theory]
    [InlineData("/account/register", "")]
    [InlineData("/account/register", "helgi at home")]
    [InlineData("/account/register", "Helgi <helgi@example.com>")]
    [InlineData("/account/register", "<script>alert(1)</script>")]
    [InlineData("/account/register", "helgi\u0001@example.com")]
    [InlineData("/account/register", "\u202ehelgi@example.com")]
    [InlineData("/account/register", "helgi@example.com\r\nBcc: all@example.com")]
    [InlineData("/account/forgot", "🐇")]
    [InlineData("/account/forgot", "{long}@example.com")]
    public async Task From_something_else_says_what_would_be_right_and_keeps_what_was_typed(string path, string typed)
    {
        typed = typed.Replace("{long}", new string('x', 300), StringComparison.Ordinal);

        using var answer = await AccountShop.TypeAsync(Client, path, typed);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.PageAsync();
        page.QuerySelector("#email-fault")!.TextContent.Trim().ShouldBe("Enter an address like helgi@example.com.");
        page.QuerySelectorAll("main script").ShouldBeEmpty();
        if (!typed.Contains('\n'))
        {
            ((IHtmlInputElement)page.QuerySelector("#email")!).Value.ShouldBe(typed);
        }
    }

    [Theory]
    [InlineData("/account/register", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/account/signin", HttpStatusCode.BadRequest)]
    [InlineData("/checkout", HttpStatusCode.BadRequest)]
    public async Task From_a_form_that_no_browser_sends_is_the_senders_fault(string path, HttpStatusCode status)
    {
        using var answer = await AccountShop.TypeAsync(Client, "/account/register", "helgi\0@example.com", path);

        answer.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("", "A password has at least 12 characters; this one has 0.")]
    [InlineData("short", "A password has at least 12 characters; this one has 5.")]
    [InlineData("{long}", "A password has at most 200 characters; this one has 201.")]
    public async Task Takes_a_password_that_is_long_enough_and_never_sends_one_back(string password, string message)
    {
        password = password.Replace("{long}", new string('x', 201), StringComparison.Ordinal);
        var link = AccountShop.LinkIn(await _shop.AskForMailAsync(Client, "/account/register", _email));

        using var answer = await AccountShop.ChooseAsync(Client, link, password);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.PageAsync();
        page.QuerySelector("#password-fault")!.TextContent.Trim().ShouldBe(message);
        page.QuerySelector("#password")!.GetAttribute("value").ShouldBeNullOrEmpty();
        (await AccountShop.IsInsideAsync(Client)).ShouldBeFalse();
        // The link has lost nothing by it.
        (await Client.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Is_not_held_up_by_a_mail_server_that_refuses_for_a_while()
    {
        await using var own = await AccountShop.OpenAsync();
        using var client = own.Shop.NewClient();
        var refusals = 0;
        own.Sink.Verdict = () => Interlocked.Increment(ref refusals) == 1 ? new SmtpResponse((SmtpReplyCode)451, "later") : null;

        await own.AskForMailAsync(client, "/account/register", _email);

        refusals.ShouldBe(2);
    }
}
