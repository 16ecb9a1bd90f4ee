using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Web.Account;
using Storefront.Web.Account.Data;

namespace Storefront.Tests.Account;

/// <summary>Who proves a member: name or address, password, and where it is on, a code that is good once.</summary>
public sealed class Proving_who_signs_in : IAsyncLifetime
{
    private TestShop _shop = null!;
    private StaffMember _holly = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await TestShop.OpenAsync();
        _holly = await _shop.HireAsync("Holly Möller", StaffRole.Operator, "holly@hopwick.example");
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("Holly Möller")]
    [InlineData("  holly   MÖLLER ")]
    [InlineData("Holly@hopwick.example")]
    public async Task Takes_the_name_or_the_address_in_any_case(string typed)
    {
        var proved = (await WithPasswordAsync(typed, StaffDesk.Password)).ShouldBeOfType<SignInStep.Proved>();
        proved.Member.Id.ShouldBe(_holly.Id);
        (await MemberAsync()).LastSignInAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Holly Möller", "four clover leaves at dusk")]
    [InlineData("Holly", StaffDesk.Password)]
    [InlineData("nobody@hopwick.example", StaffDesk.Password)]
    [InlineData("\u0000<b>", StaffDesk.Password)]
    [InlineData("", "")]
    [InlineData(null, null)]
    public async Task Answers_alike_whatever_was_wrong(string? name, string? password) =>
        (await WithPasswordAsync(name, password)).ShouldBeOfType<SignInStep.Refused>();

    [Fact]
    public async Task Rests_after_five_wrong_passwords_even_for_the_right_one()
    {
        for (var i = 0; i < 5; i++)
        {
            await WithPasswordAsync("Holly Möller", "wrong");
        }

        (await WithPasswordAsync("Holly Möller", StaffDesk.Password)).ShouldBeOfType<SignInStep.Refused>();
        (await WithPasswordAsync(FirstManager.Name, TestShop.StaffPassword)).ShouldBeOfType<SignInStep.Proved>();
    }

    [Fact]
    public async Task Takes_each_code_once()
    {
        var (code, _) = await TurnOnAsync();
        var first = await TicketAsync();
        (await WithCodeAsync(first, code)).ShouldBeOfType<SignInStep.Proved>().Member.Id.ShouldBe(_holly.Id);
        (await WithCodeAsync(await TicketAsync(), code)).ShouldBeOfType<SignInStep.Refused>();
    }

    [Fact]
    public async Task Takes_each_recovery_code_once()
    {
        var (_, recovery) = await TurnOnAsync();
        (await WithCodeAsync(await TicketAsync(), $" {recovery.ToLowerInvariant()} ")).ShouldBeOfType<SignInStep.Proved>();
        (await WithCodeAsync(await TicketAsync(), recovery)).ShouldBeOfType<SignInStep.Refused>();
    }

    [Fact]
    public async Task Rests_after_five_wrong_codes()
    {
        var (code, _) = await TurnOnAsync();
        for (var i = 0; i < 5; i++)
        {
            (await WithCodeAsync(await TicketAsync(), "12345")).ShouldBeOfType<SignInStep.Refused>();
        }

        (await WithPasswordAsync("Holly Möller", StaffDesk.Password)).ShouldBeOfType<SignInStep.Refused>();
        code.Length.ShouldBe(6);
    }

    [Fact]
    public async Task Begins_again_when_something_changed_between_password_and_code()
    {
        var (code, _) = await TurnOnAsync();
        var ticket = await TicketAsync();
        await _shop.Services.WithStaffAsync(async members => await members.UpdateSecurityStampAsync((await members.FindByNameAsync("Holly Möller"))!));
        (await WithCodeAsync(ticket, code)).ShouldBeNull();
        (await WithCodeAsync("nonsense", code)).ShouldBeNull();
        (await WithCodeAsync(null, code)).ShouldBeNull();
    }

    [Fact]
    public async Task Asks_for_the_code_on_the_page_and_then_lets_in()
    {
        var (code, _) = await TurnOnAsync();
        using var browser = _shop.NewClient();
        using var first = await browser.SignInAsync(StaffDesk.Password, name: "Holly Möller");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        using var wrong = await SendCodeAsync(browser, page, "1");
        wrong.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var right = await SendCodeAsync(browser, await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), code);
        right.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var office = await browser.GetAsync(right.Headers.Location, TestContext.Current.CancellationToken);
        office.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> SendCodeAsync(HttpClient browser, string page, string code)
    {
        var ticket = System.Text.RegularExpressions.Regex.Match(page, "name=\"Ticket\" value=\"([^\"]+)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "signin-code", ["__RequestVerificationToken"] = SignInCalls.TokenIn(page), ["Ticket"] = ticket, ["Code"] = code,
        });
        return await browser.PostAsync(new Uri("/signin", UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    private Task<StaffMember> MemberAsync() => _shop.Services.MemberAsync("Holly Möller");

    private async Task<SignInStep> WithPasswordAsync(string? name, string? password)
    {
        await using var scope = _shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StaffSignIn>().WithPasswordAsync(name, password);
    }

    private async Task<SignInStep?> WithCodeAsync(string? ticket, string code)
    {
        await using var scope = _shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StaffSignIn>().WithCodeAsync(ticket, code);
    }

    private async Task<string> TicketAsync() => (await WithPasswordAsync("Holly Möller", StaffDesk.Password)).ShouldBeOfType<SignInStep.NeedsCode>().Ticket;

    /// <summary>Holly's second factor is on; a code that is good now, and a recovery code.</summary>
    private Task<(string Code, string Recovery)> TurnOnAsync() => _shop.Services.WithStaffAsync(async members =>
    {
        var holly = (await members.FindByNameAsync("Holly Möller"))!;
        await members.ResetAuthenticatorKeyAsync(holly);
        var recovery = (await members.GenerateNewTwoFactorRecoveryCodesAsync(holly, 10))!.First();
        await members.SetTwoFactorEnabledAsync(holly, true);
        return (AuthenticatorApp.CodeOf((await members.GetAuthenticatorKeyAsync(holly))!), recovery);
    });
}
