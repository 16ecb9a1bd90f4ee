using Microsoft.Extensions.DependencyInjection;
using Storefront.Web.Account;
using Storefront.Web.Account.Data;

namespace Storefront.Tests.Account;

/// <summary>What members of the staff do with their own way to sign in.</summary>
public sealed class A_members_own_account : IAsyncLifetime
{
    private const string Me = "Holly";
    private const string Another = "five magpies in a row";

    private TestShop _shop = null!;
    private StaffMember _holly = null!;

    private OwnAccount Own => _shop.Services.GetRequiredService<OwnAccount>();

    public async ValueTask InitializeAsync()
    {
        _shop = await TestShop.OpenAsync();
        _holly = await _shop.HireAsync(Me, StaffRole.Viewer);
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Gets_another_password_and_loses_its_sessions()
    {
        var session = StaffSessions.Begin(_holly);
        (await Own.ChangePasswordAsync(Me, StaffDesk.Password, Another)).ShouldBeNull();
        (await _shop.Services.GetRequiredService<StaffSessions>().IsValidAsync(session, TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await SignInAsync(StaffDesk.Password)).ShouldBeOfType<SignInStep.Refused>();
        (await SignInAsync(Another)).ShouldBeOfType<SignInStep.Proved>();
    }

    [Theory]
    [InlineData("wrong", Another, "That is not your present password.")]
    [InlineData(null, Another, "That is not your present password.")]
    [InlineData(StaffDesk.Password, "short", "The password has 5 characters")]
    [InlineData(StaffDesk.Password, null, "Choose a password")]
    [InlineData(StaffDesk.Password, StaffDesk.Password, "That is the password you have.")]
    public async Task Keeps_its_password_when_something_is_wrong(string? present, string? anew, string fault)
    {
        (await Own.ChangePasswordAsync(Me, present, anew)).ShouldNotBeNull().ShouldStartWith(fault);
        (await SignInAsync(StaffDesk.Password)).ShouldBeOfType<SignInStep.Proved>();
    }

    [Fact]
    public async Task Rests_after_five_wrong_passwords_on_an_open_page()
    {
        for (var i = 0; i < 5; i++)
        {
            await Own.TurnOffAsync(Me, "wrong");
        }

        (await Own.ChangePasswordAsync(Me, StaffDesk.Password, Another)).ShouldNotBeNull().ShouldStartWith("That is not your present password.");
    }

    [Fact]
    public async Task Has_a_second_factor_once_a_phone_has_shown_its_code_and_it_is_turned_on()
    {
        var key = await Own.NewKeyAsync();
        (await Own.TryKeyAsync(Me, key, "000 000 0")).ShouldSatisfyAllConditions(r => r.Refusal.ShouldNotBeNull(), r => r.Codes.ShouldBeEmpty());
        (await Own.TurnOnAsync(Me)).ShouldBe("Set up an authenticator first.");

        var code = AuthenticatorApp.CodeOf(key);
        var made = await Own.TryKeyAsync(Me, key, $"{code[..3]} {code[3..]}");
        (made.Refusal, made.Codes.Distinct().Count()).ShouldBe((null, OwnAccount.RecoveryCodesMade));
        (await SignInAsync(StaffDesk.Password)).ShouldBeOfType<SignInStep.Proved>("it is not on yet");

        (await Own.TurnOnAsync(Me)).ShouldBeNull();
        var ticket = (await SignInAsync(StaffDesk.Password)).ShouldBeOfType<SignInStep.NeedsCode>().Ticket;
        (await GiveAsync(ticket, code)).ShouldBeOfType<SignInStep.Refused>("it was taken when it was set up");
        (await GiveAsync(ticket, made.Codes[3])).ShouldBeOfType<SignInStep.Proved>();
        (await Own.ReadAsync(Me)).ShouldNotBeNull().RecoveryCodes.ShouldBe(OwnAccount.RecoveryCodesMade - 1);

        (await Own.RenewCodesAsync(Me, "wrong")).Refusal.ShouldNotBeNull();
        (await Own.RenewCodesAsync(Me, StaffDesk.Password)).Codes.Count.ShouldBe(OwnAccount.RecoveryCodesMade);
        (await GiveAsync(ticket, made.Codes[4])).ShouldBeOfType<SignInStep.Refused>();

        (await Own.TurnOffAsync(Me, "wrong")).ShouldNotBeNull();
        (await Own.TurnOffAsync(Me, StaffDesk.Password)).ShouldBeNull();
        (await SignInAsync(StaffDesk.Password)).ShouldBeOfType<SignInStep.Proved>();
    }

    private async Task<SignInStep> SignInAsync(string password)
    {
        await using var scope = _shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StaffSignIn>().WithPasswordAsync(Me, password);
    }

    private async Task<SignInStep?> GiveAsync(string ticket, string code)
    {
        await using var scope = _shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StaffSignIn>().WithCodeAsync(ticket, code);
    }
}
