using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Tests.Passkeys;
using Storefront.Web.Passkeys;
using Storefront.Web.Store.Accounts.Data;

namespace Storefront.Tests.Store.Accounts;

/// <summary>Whatever is not right about a passkey is told in a sentence, and nothing comes of it.</summary>
public sealed class A_passkey_that_is_not_right(AccountShop fixture) : IClassFixture<AccountShop>, IDisposable
{
    private const string Refused = "This was no valid answer of a passkey for this shop";
    private const string Stale = "This page had grown old";

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
    [InlineData("nothing", 400, Stale)]
    [InlineData("no offer", 400, Stale)]
    [InlineData("an old offer", 400, Stale)]
    [InlineData("an offer to make one", 400, Stale)]
    [InlineData("another offer", 422, Refused)]
    [InlineData("no credential", 422, Refused)]
    [InlineData("no JSON", 422, Refused)]
    [InlineData("too much", 413, "Your browser sent more than any passkey has")]
    [InlineData("another signature", 422, Refused)]
    [InlineData("another site", 422, Refused)]
    [InlineData("no holder", 422, Refused)]
    [InlineData("somebody else's name", 422, Refused)]
    [InlineData("an unknown passkey", 403, "No account has this passkey")]
    public async Task Signs_nobody_in(string with, int status, string message)
    {
        await _shop.RegisterAsync(Client, _email);
        await Client.AddPasskeyAsync(_device);
        using var phone = _shop.Shop.NewClient();
        var (options, state) = await phone.AskToUseAsync().OfferAsync();
        (_device.Origin, _device.Verifies, _device.User) = with switch
        {
            "another site" => ("http://evil.example", true, _device.User),
            "no holder" => (_device.Origin, false, _device.User),
            "somebody else's name" => (_device.Origin, true, "c29tZWJvZHk"),
            _ => (_device.Origin, true, _device.User),
        };
        using var other = new SoftAuthenticator(_shop.Shop.Address) { User = _device.User };
        var credential = with == "an unknown passkey" ? other.Use(options) : _device.Use(options);
        var (sentState, sentCredential) = with switch
        {
            "nothing" => ("", ""),
            "no offer" => ("nonsense", credential),
            "an old offer" => (Aged(state, "use"), credential),
            "an offer to make one" => ((await Client.AskToMakeAsync().OfferAsync()).State, credential),
            "another offer" => ((await phone.AskToUseAsync().OfferAsync()).State, credential),
            "no credential" => (state, "{}"),
            "no JSON" => (state, "]"),
            "too much" => (state, credential + new string(' ', PasskeyAnswer.Most)),
            "another signature" => (state, WithOtherSignature(credential)),
            _ => (state, credential),
        };

        using var answer = await phone.EnterAsync(sentState, sentCredential);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.FaultAsync()).ShouldStartWith(message);
        answer.Headers.Cookie("storefront.customer").ShouldBeNull();
        (await AccountShop.IsInsideAsync(phone)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("no offer", 400, Stale)]
    [InlineData("an old offer", 400, Stale)]
    [InlineData("an offer to use one", 400, Stale)]
    [InlineData("an offer to somebody else", 400, Stale)]
    [InlineData("another offer", 422, Refused)]
    [InlineData("no JSON", 422, Refused)]
    [InlineData("another site", 422, Refused)]
    [InlineData("no holder", 422, Refused)]
    [InlineData("no name", 422, "Give it a name of 1 to 60 characters.")]
    [InlineData("one that somebody has", 409, "This device keeps a passkey of an account here already")]
    public async Task Is_not_kept(string with, int status, string message)
    {
        await _shop.RegisterAsync(Client, _email);
        using var somebody = _shop.Shop.NewClient();
        await _shop.RegisterAsync(somebody, AccountShop.NewAddress());
        using var outside = _shop.Shop.NewClient();
        var (options, state) = await (with == "an offer to somebody else" ? somebody : Client).AskToMakeAsync().OfferAsync();
        _device.Origin = with == "another site" ? "http://evil.example" : _device.Origin;
        _device.Verifies = with != "no holder";
        if (with == "one that somebody has")
        {
            await somebody.AddPasskeyAsync(_device);
        }

        var credential = _device.Make(options);
        var sentState = with switch
        {
            "no offer" => "nonsense",
            "an old offer" => Aged(state, "make"),
            "an offer to use one" => (await outside.AskToUseAsync().OfferAsync()).State,
            "another offer" => (await Client.AskToMakeAsync().OfferAsync()).State,
            _ => state,
        };

        using var answer = await Client.KeepAsync(sentState, with == "no JSON" ? "]" : credential, with == "no name" ? " " : "Laptop");

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.FaultAsync()).ShouldStartWith(message);
        (await Client.PasskeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_not_kept_either_when_the_account_changed_while_it_was_made()
    {
        await _shop.RegisterAsync(Client, _email);
        await using var scope = _shop.Shop.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { Request = { Scheme = "http", Host = new(_shop.Shop.Address.Authority) } };
        var accounts = services.GetRequiredService<UserManager<CustomerAccount>>();
        var account = (await accounts.FindByEmailAsync(_email)).ShouldNotBeNull();
        var offer = await services.GetRequiredService<PasskeyCeremonies<CustomerAccount>>().OfferToMakeAsync(account, _email);
        using var options = JsonDocument.Parse(offer.Options);
        var answer = new PasskeyAnswer { State = offer.State, Credential = _device.Make(options.RootElement) };
        (await Client.PostAsync((await Client.OpenAsync("/account")).Page, "/account/signout/everywhere")).Dispose();
        var own = services.GetRequiredService<OwnPasskeys<CustomerAccount>>();

        (await own.AddAsync(account, "Laptop", answer)).ShouldBe(PasskeyFault.Stale);

        (await accounts.ListPasskeysAsync(account)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/account/signin/passkey", "")]
    [InlineData("/account/passkeys/new/offer", "")]
    [InlineData("/account/passkeys/new", "new-passkey")]
    [InlineData("/account/signin", "customer-passkey")]
    public async Task Comes_from_another_site_or_is_far_too_large(string path, string handler)
    {
        await _shop.RegisterAsync(Client, _email);

        using var forged = await Client.SendAsync(path, ("_handler", handler), ("Making.Name", "Laptop"), ("Making.Password", AccountShop.Password));
        using var large = await Client.SendAsync(path, ("_handler", handler), ("Proof.Answer.Credential", new string('x', 300_000)));

        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await forged.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("This page had grown old");
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Client.PasskeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_told_in_the_customers_language()
    {
        Client.DefaultRequestHeaders.Add("Accept-Language", "de");
        using var forged = await Client.SendAsync("/account/signin/passkey");
        var (options, state) = await Client.AskToUseAsync().OfferAsync();

        using var answer = await Client.EnterAsync(state, _device.Use(options));

        (await forged.JsonAsync()).GetProperty("fault").GetString().ShouldStartWith("Diese Seite war zu alt");
        (await answer.FaultAsync()).ShouldStartWith("Kein Konto hat diesen Passkey");
    }

    /// <summary>The same offer, made a day ago.</summary>
    private string Aged(string state, string use)
    {
        var seal = _shop.Shop.Services.GetRequiredService<PasskeySeal>().For($"{nameof(CustomerAccount)}.{use}");
        return seal.Protect(seal.Unprotect(state), DateTimeOffset.UtcNow.AddDays(-1));
    }

    private static string WithOtherSignature(string credential)
    {
        var json = JsonNode.Parse(credential)!;
        var signature = json["response"]!["signature"]!.GetValue<string>();
        // Its fifth last character stands for six bits of one of the two numbers.
        json["response"]!["signature"] = $"{signature[..^5]}{(signature[^5] == 'A' ? 'B' : 'A')}{signature[^4..]}";
        return json.ToJsonString();
    }
}
