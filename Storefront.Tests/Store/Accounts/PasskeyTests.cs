using System.Net;
using Storefront.Tests.Passkeys;

namespace Storefront.Tests.Store.Accounts;

/// <summary>A passkey from its first day to its last.</summary>
public sealed class A_customers_passkey(AccountShop fixture) : IClassFixture<AccountShop>, IDisposable
{
    private const string Another = "another dozen of letters";

    private readonly AccountShop _shop = fixture;
    private readonly string _email = AccountShop.NewAddress();
    private readonly SoftAuthenticator _device = new(fixture.Shop.Address);

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    private HttpClient Phone { get; } = fixture.Shop.NewClient();

    public void Dispose()
    {
        Client.Dispose();
        Phone.Dispose();
        _device.Dispose();
    }

    [Fact]
    public async Task Signs_in_again_and_again_without_an_address_with_a_session_like_a_passwords()
    {
        await OpenAccountAsync();
        using var password = await AccountShop.SignInAsync(Phone, _email, AccountShop.Password);

        foreach (var (back, leadsTo) in new[] { ("", "/orders"), ("/account", "/account"), ("https://evil.example/", "/orders") })
        {
            using var phone = _shop.Shop.NewClient();
            using var answer = await phone.SignInAsync(_device, back);

            answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            answer.LeadsTo().ShouldBe(leadsTo);
            Traits(answer).ShouldBe(Traits(password));
            (await phone.OpenAsync("/account")).Page.QuerySelector(".page-line")!.TextContent.ShouldBe(_email);
        }
    }

    [Fact]
    public async Task Opens_an_account_that_rests_after_wrong_passwords()
    {
        await OpenAccountAsync();
        for (var i = 0; i < 5; i++)
        {
            (await AccountShop.SignInAsync(Phone, _email, "wrong")).Dispose();
        }

        using var password = await AccountShop.SignInAsync(Phone, _email, AccountShop.Password);
        password.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var answer = await Phone.SignInAsync(_device);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await AccountShop.IsInsideAsync(Phone)).ShouldBeTrue();
    }

    [Fact]
    public async Task Is_listed_can_be_renamed_and_comes_along_in_the_accounts_copy()
    {
        await OpenAccountAsync("<b>Laptop");
        var path = (await Client.PasskeysAsync()).ShouldHaveSingleItem().Value;

        using var blank = await Client.PostAsync((await Client.OpenAsync(path)).Page, path, ("_handler", "rename-passkey"), ("Form.Name", "\u0001"));
        using var renamed = await Client.PostAsync((await Client.OpenAsync(path)).Page, path, ("_handler", "rename-passkey"), ("Form.Name", " Red phone "));

        blank.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await blank.FaultAsync()).ShouldBe("Give it a name of 1 to 60 characters.");
        renamed.LeadsTo().ShouldBe("/account?passkey=renamed");
        (await Client.PasskeysAsync()).ShouldHaveSingleItem().Key.ShouldBe("Red phone");
        using var copy = await Client.AskAsync("/account/copy");
        var passkey = (await copy.JsonAsync()).GetProperty("passkeys").EnumerateArray().ShouldHaveSingleItem();
        passkey.GetProperty("name").GetString().ShouldBe("Red phone");
        passkey.GetProperty("made_at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        passkey.EnumerateObject().Count().ShouldBe(2, "its key is nobody's business");
    }

    [Fact]
    public async Task Opens_nothing_once_it_is_removed_which_ends_every_other_session()
    {
        await OpenAccountAsync();
        (await Phone.SignInAsync(_device)).Dispose();
        var path = (await Client.PasskeysAsync()).ShouldHaveSingleItem().Value;

        using var answer = await Client.PostAsync((await Client.OpenAsync(path)).Page, path, ("_handler", "remove-passkey"));

        answer.LeadsTo().ShouldBe("/account?passkey=removed");
        (await AccountShop.IsInsideAsync(Client)).ShouldBeTrue();
        (await AccountShop.IsInsideAsync(Phone)).ShouldBeFalse();
        (await Client.PasskeysAsync()).ShouldBeEmpty();
        using var refused = await Phone.SignInAsync(_device);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.FaultAsync()).ShouldStartWith("No account has this passkey");
    }

    [Fact]
    public async Task Is_nobody_elses_to_see_to_rename_or_to_remove()
    {
        await OpenAccountAsync();
        var path = (await Client.PasskeysAsync()).ShouldHaveSingleItem().Value;
        await _shop.RegisterAsync(Phone, AccountShop.NewAddress());
        var (_, own) = await Phone.OpenAsync("/account");

        foreach (var fields in new[] { [("_handler", "rename-passkey"), ("Form.Name", "Mine")], new[] { ("_handler", "remove-passkey") } })
        {
            using var answer = await Phone.PostAsync(own, path, fields);
            answer.Headers.Location.ShouldBeNull();
        }

        var (status, page) = await Phone.OpenAsync(path);
        status.ShouldBe(HttpStatusCode.Gone);
        page.QuerySelector("main [role=alert]")!.TextContent.Trim().ShouldBe("Your account has no such passkey (any more).");
        (await Phone.OpenAsync("/account/passkeys/nonsense!")).Status.ShouldBe(HttpStatusCode.Gone);
        (await Client.PasskeysAsync()).ShouldHaveSingleItem().Key.ShouldBe("Laptop");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Goes_with_a_forgotten_password_unless_its_owner_keeps_it(bool keeps)
    {
        await OpenAccountAsync();
        var link = AccountShop.LinkIn(await _shop.AskForMailAsync(Phone, "/account/forgot", _email));
        var (_, page) = await Phone.OpenAsync(link);
        page.QuerySelector(".account-keep bdi")!.TextContent.ShouldBe("Laptop");

        (await Phone.PostAsync(page, "/account/password", [("_handler", "password"), ("Form.Link", page.QuerySelector("input[name='Form.Link']")!.GetAttribute("value")!),
            ("Form.Password", Another), .. keeps ? [("Form.KeepsPasskeys", "true")] : Array.Empty<(string, string)>()])).Dispose();

        (await AccountShop.IsInsideAsync(Phone)).ShouldBeTrue("after choosing");
        (await Phone.PasskeysAsync()).Count.ShouldBe(keeps ? 1 : 0);
        using var answer = await Client.SignInAsync(_device);
        answer.StatusCode.ShouldBe(keeps ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Goes_with_the_account()
    {
        await OpenAccountAsync();
        var (options, state) = await Phone.AskToUseAsync().OfferAsync();
        (await Client.PostAsync((await Client.OpenAsync("/account/delete")).Page, "/account/delete", ("_handler", "delete-account"), ("Form.Password", AccountShop.Password))).Dispose();

        using var answer = await Phone.EnterAsync(state, _device.Use(options));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.FaultAsync()).ShouldStartWith("No account has this passkey");
        await _shop.RegisterAsync(Client, _email);
        (await Client.PasskeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_offered_only_by_the_script_of_the_pages_that_need_it()
    {
        await _shop.RegisterAsync(Client, _email);
        var (_, signIn) = await Phone.OpenAsync("/account/signin");
        var (_, account) = await Client.OpenAsync("/account");
        var (_, start) = await Client.OpenAsync("/");

        signIn.QuerySelector("#email")!.GetAttribute("autocomplete").ShouldBe("username webauthn");
        signIn.QuerySelector("form[data-passkey]")!.HasAttribute("hidden").ShouldBeTrue();
        account.QuerySelector("[data-passkey-only]")!.HasAttribute("hidden").ShouldBeTrue();
        foreach (var (page, count) in new[] { (signIn, 1), (account, 1), (start, 0) })
        {
            page.QuerySelectorAll("script[src*=passkeys]").Length.ShouldBe(count);
        }
    }

    private async Task OpenAccountAsync(string name = "Laptop")
    {
        await _shop.RegisterAsync(Client, _email);
        await Client.AddPasskeyAsync(_device, name);
    }

    /// <summary>Of the session's cookie all but its value, and its end to the day.</summary>
    private static string Traits(HttpResponseMessage answer) => string.Join(';', answer.Headers.Cookie("storefront.customer").ShouldNotBeNull().Split(';')[1..]
        .Select(t => t.Trim().StartsWith("expires", StringComparison.OrdinalIgnoreCase) ? t.Trim()[..14] : t.Trim()));
}
