using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Tests.Passkeys;
using Storefront.Tests.Store;
using Storefront.Tests.Store.Accounts;
using Storefront.Web.Account;
using Storefront.Web.Account.Data;
using Storefront.Web.Account.Passkeys;
using Storefront.Web.Passkeys;

namespace Storefront.Tests.Account;

/// <summary>A passkey of somebody of the staff, from its first day to its last.</summary>
public sealed class A_members_passkey : IAsyncLifetime
{
    private const string Me = "Holly";

    private TestShop _shop = null!;
    private StaffMember _holly = null!;
    private SoftAuthenticator _device = null!;
    private HttpClient _desk = null!;
    private HttpClient _phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StaffPasskeys Passkeys => _shop.Services.GetRequiredService<StaffPasskeys>();

    public async ValueTask InitializeAsync()
    {
        _shop = await TestShop.OpenAsync();
        _holly = await _shop.HireAsync(Me, StaffRole.Viewer);
        (_device, _desk, _phone) = (new(_shop.Address), _shop.NewClient(), _shop.NewClient());
        _desk.DefaultRequestHeaders.Add("Cookie", _shop.CookieOf(_holly));
    }

    public async ValueTask DisposeAsync()
    {
        _device.Dispose();
        _desk.Dispose();
        _phone.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Signs_them_in_without_a_code_to_the_page_asked_for_and_is_written_down()
    {
        await _desk.MakePasskeyAsync(_device);
        await _shop.Services.WithStaffAsync(async members => await members.SetTwoFactorEnabledAsync((await members.FindByNameAsync(Me))!, enabled: true));
        _shop.Services.GetRequiredService<StaffRoster>().Tell(_holly.Id);

        using var answer = await _phone.ComeInAsync(_device, "/backoffice/orders?attention=true");

        answer.LeadsTo().ShouldBe("/backoffice/orders?attention=true");
        (await IsInsideAsync(_phone)).ShouldBeTrue();
        (await _shop.Services.MemberAsync(Me)).LastSignInAt.ShouldNotBeNull();
        (await _shop.AuditedAsync()).ShouldBe(["Holly, staff Holly, staff.passkey: \"Laptop\" added"]);
    }

    [Fact]
    public async Task Does_not_lead_to_another_site()
    {
        await _desk.MakePasskeyAsync(_device);
        using var answer = await _phone.ComeInAsync(_device, "https://evil.example/");
        answer.LeadsTo().ShouldBe("/backoffice");
    }

    [Fact]
    public async Task Lets_nobody_in_who_is_shut_out()
    {
        await _desk.MakePasskeyAsync(_device);
        (await _shop.Services.GetRequiredService<StaffBook>().ShutOutAsync(_holly.Id, FirstManager.Name)).ShouldBeNull();

        using var answer = await _phone.ComeInAsync(_device);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.PageAsync()).QuerySelector("[role=alert]:not([hidden])")!.TextContent.ShouldContain("Nobody who is let in has this passkey");
        (await IsInsideAsync(_phone)).ShouldBeFalse();
    }

    [Fact]
    public async Task Opens_nothing_once_it_is_removed_which_ends_every_session()
    {
        await _desk.MakePasskeyAsync(_device);
        (await _phone.ComeInAsync(_device)).Dispose();
        (await IsInsideAsync(_phone)).ShouldBeTrue();
        var id = OwnPasskeys.IdOf((await Passkeys.ListAsync(Me)).ShouldHaveSingleItem());

        (await Passkeys.RemoveAsync(Me, id)).ShouldBeNull();

        (await IsInsideAsync(_phone)).ShouldBeFalse();
        (await IsInsideAsync(_desk)).ShouldBeFalse();
        using var answer = await _phone.ComeInAsync(_device);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Passkeys.RemoveAsync(Me, id)).ShouldBe("You have no such passkey (any more).");
        (await _shop.AuditedAsync())[^1].ShouldBe("Holly, staff Holly, staff.passkey: \"Laptop\" removed, by themselves");
    }

    [Fact]
    public async Task Has_a_name_that_only_its_owner_changes()
    {
        await _desk.MakePasskeyAsync(_device);
        await _shop.HireAsync("Clover", StaffRole.Manager);
        var id = OwnPasskeys.IdOf((await Passkeys.ListAsync(Me)).ShouldHaveSingleItem());

        (await Passkeys.RenameAsync("Clover", id, "Mine")).ShouldBe("You have no such passkey (any more).");
        (await Passkeys.RenameAsync(Me, id, "\u0001")).ShouldBe("Give it a name of 1 to 60 characters, without control characters.");
        (await Passkeys.RenameAsync(Me, "nonsense!", "Mine")).ShouldBe("You have no such passkey (any more).");
        (await Passkeys.RenameAsync(Me, id, " Red phone ")).ShouldBeNull();

        (await Passkeys.ListAsync(Me)).ShouldHaveSingleItem().Name.ShouldBe("Red phone");
        (await _shop.AuditedAsync())[^1].ShouldBe("Holly, staff Holly, staff.passkey: \"Laptop\" → \"Red phone\"");
    }

    [Theory]
    [InlineData("", StaffDesk.Password, "name", "Give it a name of 1 to 60 characters, without control characters.")]
    [InlineData("Laptop", "", "password", "That is not your present password, or it rests after too many tries.")]
    [InlineData("Laptop", "wrong", "password", "That is not your present password, or it rests after too many tries.")]
    public async Task Is_not_offered_without_a_name_and_the_password(string name, string password, string field, string fault)
    {
        using var answer = await _desk.AskForPasskeyAsync(name, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var json = await answer.JsonAsync();
        (json.GetProperty("field").GetString(), json.GetProperty("fault").GetString()).ShouldBe((field, fault));
    }

    [Fact]
    public async Task Is_not_offered_to_somebody_who_was_signed_out_or_whose_page_grew_old()
    {
        var (_, page) = await _desk.OpenAsync(StaffPasskeyCalls.NewPage);
        using var stranger = await _phone.AskForPasskeyAsync(page: page);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await stranger.JsonAsync()).GetProperty("fault").GetString().ShouldBe("You have been signed out meanwhile. Sign in, and try again.");

        foreach (var path in new[] { "/signin/passkey", $"{StaffPasskeyCalls.NewPage}/offer" })
        {
            using var nothing = new FormUrlEncodedContent([]);
            using var old = await _desk.PostAsync(new Uri(path, UriKind.Relative), nothing, Cancellation);
            old.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await old.JsonAsync()).GetProperty("fault").GetString().ShouldNotBeNull().ShouldStartWith("This page had grown old");
        }
    }

    [Fact]
    public async Task Is_not_kept_when_it_would_be_the_eleventh_or_is_there_already()
    {
        var (options, state) = await _desk.AskForPasskeyAsync().OfferAsync();
        var credential = _device.Make(options);
        (await _desk.KeepPasskeyAsync(state, credential)).Dispose();
        using var twice = await _desk.KeepPasskeyAsync(state, credential);
        twice.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var (more, later) = await _desk.AskForPasskeyAsync().OfferAsync();
        await _shop.GivePasskeysAsync(Me, [.. Enumerable.Range(2, 9).Select(i => $"Key {i}")]);
        using var offer = await _desk.AskForPasskeyAsync();
        using var other = new SoftAuthenticator(_shop.Address);
        using var kept = await _desk.KeepPasskeyAsync(later, other.Make(more));

        offer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        kept.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await kept.PageAsync()).QuerySelector("[role=alert]")!.TextContent.ShouldContain("You have 10 passkeys, which is the most.");
        (await Passkeys.ListAsync(Me)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task Is_no_customers_passkey_and_theirs_is_none_of_the_staffs()
    {
        await _desk.MakePasskeyAsync(_device);
        await using var accounts = await AccountShop.OpenAsync();
        using var customer = accounts.Shop.NewClient();
        using var theirs = new SoftAuthenticator(accounts.Shop.Address);
        await accounts.RegisterAsync(customer, AccountShop.NewAddress());
        await customer.AddPasskeyAsync(theirs);
        using var stranger = accounts.Shop.NewClient();

        using var answer = await stranger.ComeInAsync(theirs);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await IsInsideAsync(stranger)).ShouldBeFalse();
        var (options, state) = await stranger.AskToUseAsync().OfferAsync();
        var (_, door) = await stranger.OpenAsync("/signin");
        using var crossed = await stranger.PostAsync(door, "/signin", ("_handler", "signin-passkey"), ("Proof.State", state), ("Proof.Credential", theirs.Use(options)));
        crossed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Is_tried_five_times_a_minute()
    {
        for (var i = 0; i < SignInLimit.AttemptsPerMinute; i++)
        {
            using var unknown = await _phone.ComeInAsync(_device);
            unknown.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var answer = await _phone.ComeInAsync(_device);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    private static async Task<bool> IsInsideAsync(HttpClient client) => (await client.OpenAsync("/backoffice/me")).Status == HttpStatusCode.OK;
}
