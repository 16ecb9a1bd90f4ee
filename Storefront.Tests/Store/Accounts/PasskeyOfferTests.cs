using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Storefront.Tests.Passkeys;
using Storefront.Web.Api;
using Storefront.Web.Store.Accounts;

namespace Storefront.Tests.Store.Accounts;

/// <summary>Who may make a passkey, how many, and how often somebody may try.</summary>
public sealed class A_passkey_that_is_not_offered(AccountShop fixture) : IClassFixture<AccountShop>, IDisposable
{
    private readonly AccountShop _shop = fixture;
    private readonly string _email = AccountShop.NewAddress();
    private readonly SoftAuthenticator _device = new(fixture.Shop.Address);

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose()
    {
        Client.Dispose();
        _device.Dispose();
    }

    [Theory]
    [InlineData("", AccountShop.Password, "name", "Give it a name of 1 to 60 characters.")]
    [InlineData("{long}", AccountShop.Password, "name", "Give it a name of 1 to 60 characters.")]
    [InlineData("Laptop", "", "password", "This is not the account's password, or the account rests after too many tries.")]
    [InlineData("Laptop", "wrong", "password", "This is not the account's password, or the account rests after too many tries.")]
    public async Task Lacks_a_name_or_the_accounts_password(string name, string password, string field, string message)
    {
        await _shop.RegisterAsync(Client, _email);

        using var answer = await Client.AskToMakeAsync(name.Replace("{long}", new string('x', 61), StringComparison.Ordinal), password);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var fault = await answer.JsonAsync();
        fault.GetProperty("fault").GetString().ShouldBe(message);
        fault.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Is_for_somebody_who_was_signed_out_and_its_page_leads_to_the_sign_in()
    {
        await _shop.RegisterAsync(Client, _email);
        var (_, page) = await Client.OpenAsync("/account/passkeys/new");
        (await Client.PostAsync((await Client.OpenAsync("/account")).Page, "/account/signout")).Dispose();

        using var answer = await Client.AskToMakeAsync(page: page);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.JsonAsync()).GetProperty("fault").GetString().ShouldBe("You have been signed out meanwhile. Sign in, and try again.");
        foreach (var path in new[] { "/account/passkeys/new", "/account/passkeys/AAAA" })
        {
            using var closed = await Client.AskAsync(path);
            closed.LeadsTo().ShouldStartWith("/account/signin?returnUrl=");
        }
    }

    [Fact]
    public async Task Would_be_the_eleventh()
    {
        await _shop.RegisterAsync(Client, _email);
        var (options, state) = await Client.AskToMakeAsync().OfferAsync();
        await _shop.GivePasskeysAsync(_email, 10);

        using var offer = await Client.AskToMakeAsync();
        using var answer = await Client.KeepAsync(state, _device.Make(options));

        const string Message = "An account has at most 10 passkeys. Remove one that you do not use any more to make room.";
        offer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await offer.JsonAsync()).GetProperty("fault").GetString().ShouldBe(Message);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.FaultAsync()).ShouldBe(Message);
        (await Client.PasskeysAsync()).Count.ShouldBe(10);
        (await Client.OpenAsync("/account")).Page.QuerySelectorAll("a[href='/account/passkeys/new']").ShouldBeEmpty();
    }

    [Fact]
    public async Task Was_tried_too_often_in_a_minute()
    {
        await using var own = await AccountShop.OpenAsync(("RateLimit:AccountTriesPerMinute", "1"));
        using var client = own.Shop.NewClient();
        var (options, state) = await client.AskToUseAsync().OfferAsync();
        (await client.EnterAsync(state, _device.Use(options))).Dispose();

        using var tried = await client.EnterAsync(state, _device.Use(options));
        using var asked = await client.PostAsync((await client.OpenAsync("/account/signin")).Page, "/account/passkeys/new/offer");

        foreach (var answer in new[] { tried, asked })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        }

        (await asked.JsonAsync()).GetProperty("fault").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Is_asked_for_five_times_as_often_as_it_is_tried()
    {
        var pace = new AccountPace(Options.Create(new RateLimitOptions { AccountTriesPerMinute = 2 }), new FakeTimeProvider());

        Enumerable.Range(0, 10).Select(_ => pace.HoldLook(IPAddress.Loopback)).ShouldAllBe(hold => hold == null);
        pace.HoldLook(IPAddress.Loopback).ShouldBe(TimeSpan.FromMinutes(1));
        pace.Hold(IPAddress.Loopback).ShouldBeNull();
    }
}
