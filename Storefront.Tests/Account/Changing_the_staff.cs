using Microsoft.Extensions.DependencyInjection;
using Storefront.Web.Account;
using Storefront.Web.Account.Data;
using Storefront.Web.Account.Passkeys;

namespace Storefront.Tests.Account;

/// <summary>What managers do about the staff: it ends sessions, and it is in the audit log.</summary>
public sealed class Changing_the_staff : IAsyncLifetime
{
    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StaffBook Book => _shop.Services.GetRequiredService<StaffBook>();

    private StaffSessions Sessions => _shop.Services.GetRequiredService<StaffSessions>();

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("role", "staff.role: Operator → Viewer")]
    [InlineData("shut out", "staff.shut-out: ")]
    [InlineData("everywhere", "staff.sign-out: everywhere")]
    [InlineData("second factor", "staff.two-factor: on → off")]
    [InlineData("passkeys", "staff.passkey: all 2 removed")]
    public async Task Ends_sessions_at_once_and_is_written_down(string what, string entry)
    {
        var holly = await HireAsync("Holly", StaffRole.Operator, twoFactor: true);
        await _shop.GivePasskeysAsync("Holly", "Laptop", "Phone");
        var session = StaffSessions.Begin(await _shop.Services.MemberAsync("Holly"));
        await using var circuit = _shop.SitDown(session, out var state);
        (await Sessions.IsValidAsync(session, Cancellation)).ShouldBeTrue();

        (await (what switch
        {
            "role" => Book.ChangeRoleAsync(holly.Id, StaffRole.Viewer, "Clover"),
            "shut out" => Book.ShutOutAsync(holly.Id, "Clover"),
            "passkeys" => _shop.Services.GetRequiredService<StaffPasskeys>().RemoveAllAsync(holly.Id, "Clover"),
            "everywhere" => Book.SignOutEverywhereAsync(holly.Id, "Clover"),
            _ => Book.ResetTwoFactorAsync(holly.Id, "Clover"),
        })).ShouldBeNull();

        (await Sessions.IsValidAsync(session, Cancellation)).ShouldBeFalse();
        await Watching.UntilAsync("nobody sits at the circuit any more", async () => !await state.IsSomebodyAsync(), Cancellation);
        (await _shop.AuditedAsync()).ShouldBe([$"Clover, staff Holly, {entry}"]);
    }

    [Fact]
    public async Task Lets_somebody_in_again()
    {
        var holly = await HireAsync("Holly", StaffRole.Operator);
        (await Book.ShutOutAsync(holly.Id, "Clover")).ShouldBeNull();
        (await Book.ShutOutAsync(holly.Id, "Clover")).ShouldBe("Holly is shut out already.");
        (await Book.LetInAsync(holly.Id, "Clover")).ShouldBeNull();
        (await Book.LetInAsync(holly.Id, "Clover")).ShouldBe("Holly is let in already.");
        (await Book.FindAsync(holly.Id, Cancellation)).ShouldNotBeNull().IsActive.ShouldBeTrue();
    }

    [Fact]
    public async Task Leaves_a_manager_who_can_sign_in()
    {
        var manager = await _shop.Services.MemberAsync(FirstManager.Name);
        var shutOut = await HireAsync("Clover", StaffRole.Manager);
        (await Book.ShutOutAsync(shutOut.Id, FirstManager.Name)).ShouldBeNull();

        (await Book.ShutOutAsync(manager.Id, FirstManager.Name)).ShouldNotBeNull().ShouldStartWith("manager is the last manager who is let in");
        (await Book.ChangeRoleAsync(manager.Id, StaffRole.Viewer, FirstManager.Name)).ShouldNotBeNull().ShouldStartWith("manager is the last manager who is let in");
        (await _shop.Services.MemberAsync(FirstManager.Name)).ShouldSatisfyAllConditions(m => m.Role.ShouldBe(StaffRole.Manager), m => m.IsActive.ShouldBeTrue());
        (await _shop.AuditedAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Leaves_one_of_two_managers_who_demote_each_other_at_the_same_time()
    {
        var (one, other) = (await _shop.Services.MemberAsync(FirstManager.Name), await HireAsync("Clover", StaffRole.Manager));
        var refusals = await Task.WhenAll(Book.ChangeRoleAsync(one.Id, StaffRole.Viewer, "Clover"), Book.ShutOutAsync(other.Id, FirstManager.Name));
        refusals.Count(r => r is null).ShouldBe(1);
        (await Book.ReadAsync(Cancellation)).Count(m => m is { Role: StaffRole.Manager, IsActive: true }).ShouldBe(1);
    }

    [Fact]
    public async Task Says_that_nobody_is_there_who_is_not() =>
        (await Book.SignOutEverywhereAsync(Guid.NewGuid(), "Clover")).ShouldBe("There is no such member of the staff.");

    private async Task<StaffMember> HireAsync(string name, StaffRole role, bool twoFactor = false)
    {
        await _shop.HireAsync(name, role);
        return await _shop.Services.WithStaffAsync(async members =>
        {
            var member = (await members.FindByNameAsync(name))!;
            await members.SetTwoFactorEnabledAsync(member, twoFactor);
            return member;
        });
    }
}
