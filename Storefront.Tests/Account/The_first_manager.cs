using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Tests.Passkeys;
using Storefront.Web.Account;
using Storefront.Web.Account.Data;

namespace Storefront.Tests.Account;

/// <summary>Somebody can sign in after the first start, and whoever has the shop's settings always can.</summary>
public sealed class The_first_manager : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-test-").FullName;
    private readonly List<string> _shown = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string EarlierFile => Path.Combine(_folder, "secrets", "staff.json");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }

    [Fact]
    public async Task Has_a_password_that_is_made_at_first_start_and_shown_once()
    {
        var first = await StartAsync();
        (await StartAsync()).Stamp.ShouldBe(first.Stamp);

        var line = _shown.ShouldHaveSingleItem();
        line.ShouldMatch("^Staff password: [a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4} \\(of \"manager\", made at first start and shown once; set Staff__Password to choose your own\\)$");
        first.Opens(line.Split(' ')[2]).ShouldBeTrue();
        first.Role.ShouldBe(StaffRole.Manager);
    }

    [Fact]
    public async Task Has_the_password_of_the_setting_where_there_is_one_and_it_is_not_shown()
    {
        var made = await StartAsync();
        var chosen = await StartAsync("wintercress");

        _shown.Count.ShouldBe(1);
        chosen.Opens("wintercress").ShouldBeTrue();
        chosen.Opens(_shown[0].Split(' ')[2]).ShouldBeFalse();
        chosen.Stamp.ShouldNotBe(made.Stamp, "other sessions end");
        chosen.Audited.ShouldBe(["The shop's settings: staff.password"]);
    }

    [Fact]
    public async Task Keeps_sessions_while_the_setting_stays_or_goes()
    {
        var before = await StartAsync("wintercress");
        (await StartAsync("wintercress")).Stamp.ShouldBe(before.Stamp);
        (await StartAsync("")).Stamp.ShouldBe(before.Stamp);
        (await StartAsync("wintercress")).ShouldSatisfyAllConditions(m => m.Stamp.ShouldBe(before.Stamp), m => m.Audited.ShouldBeEmpty());
    }

    [Fact]
    public async Task Keeps_a_password_of_their_own_until_the_setting_changes()
    {
        await StartAsync("wintercress", async (members, manager) => await members.ChangePasswordAsync(manager, "wintercress", StaffDesk.Password));
        (await StartAsync("wintercress")).Opens(StaffDesk.Password).ShouldBeTrue();
        (await StartAsync("watercress")).Opens("watercress").ShouldBeTrue();
    }

    [Fact]
    public async Task Is_let_in_again_by_a_changed_setting_whatever_became_of_them()
    {
        await StartAsync("wintercress", async (members, manager) =>
        {
            (manager.Role, manager.IsActive, manager.TwoFactorEnabled) = (StaffRole.Viewer, false, true);
            manager.LockoutEnd = DateTimeOffset.UtcNow.AddDays(1);
            await members.UpdateAsync(manager);
            (await members.AddOrUpdatePasskeyAsync(manager, LostDevice.PasskeyOf("Laptop"))).Succeeded.ShouldBeTrue();
        });
        var passkeys = -1;
        var anew = await StartAsync("watercress", async (members, manager) => passkeys = (await members.GetPasskeysAsync(manager)).Count);
        passkeys.ShouldBe(0);
        (anew.Role, anew.Member.IsActive, anew.Member.TwoFactorEnabled, anew.Member.LockoutEnd).ShouldBe((StaffRole.Manager, true, false, null));
    }

    [Fact]
    public async Task Is_kept_in_a_file_that_only_the_shop_may_read()
    {
        TestDatabase.SkipUnlessSqlite("the staff has a file of its own");
        await StartAsync("wintercress");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_folder, "staff.db")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wintercress")]
    public async Task Keeps_the_password_of_an_earlier_version_whose_file_goes(string? setting)
    {
        var hash = (await StartAsync("wintercress")).Member.PasswordHash!;
        await ForgetStaffAsync();
        await WriteEarlierAsync($$"""{"hash": "{{hash}}", "stamp": "x"}""");

        var anew = await StartAsync(setting);

        anew.Member.PasswordHash.ShouldBe(hash);
        _shown.ShouldBeEmpty();
        File.Exists(EarlierFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"hash": "no hash at all", "stamp": "x"}""")]
    public async Task With_a_spoilt_file_of_an_earlier_version_stops_the_start_which_names_the_cure(string content)
    {
        await WriteEarlierAsync(content);
        var fault = await Should.ThrowAsync<InvalidDataException>(() => StartAsync("wintercress"));
        fault.Message.ShouldContain("staff.json");
        fault.Message.ShouldContain("Delete it");
    }

    [Fact]
    public void Must_have_eight_characters_in_the_setting()
    {
        var options = new StaffOptions { Password = "sevenor" };
        var faults = new List<System.ComponentModel.DataAnnotations.ValidationResult>();
        System.ComponentModel.DataAnnotations.Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true).ShouldBeFalse();
        faults.ShouldHaveSingleItem().ErrorMessage.ShouldBe("Staff:Password must have 8 to 200 characters.");
    }

    /// <summary>Starts the shop's staff once, as the program does, and gives the first manager.</summary>
    private async Task<Found> StartAsync(string? setting = null, Func<StaffMembers, StaffMember, Task>? change = null)
    {
        var services = new ServiceCollection();
        var database = await TestDatabase.SettingsAsync(_folder);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", _folder), new("Staff:Password", setting), .. database!]).Build());
        services.AddLogging().AddStore().AddSingleton(TimeProvider.System);
        services.AddAccount();
        services.AddSingleton(new Announcement(_shown.Add));
        await using var shop = services.BuildServiceProvider();
        await shop.GetRequiredService<StoreStart>().RunAsync(Cancellation);
        await shop.GetRequiredService<StaffStart>().RunAsync(Cancellation);
        if (change is not null)
        {
            await shop.WithStaffAsync(async members =>
            {
                await change(members, (await members.FindByNameAsync(FirstManager.Name))!);
                return true;
            });
        }

        return await FindAsync(shop);
    }

    private static async Task<Found> FindAsync(ServiceProvider shop)
    {
        var audited = await shop.GetRequiredService<StoreReads>().RunAsync((db, _) => Task.FromResult(db.AuditLog.Select(e => $"{e.Who}: {e.Action}").ToList()), Cancellation);
        return new(await shop.MemberAsync(FirstManager.Name), audited);
    }

    private async Task ForgetStaffAsync()
    {
        foreach (var file in Directory.GetFiles(_folder, "staff.db*"))
        {
            File.Delete(file);
        }

        await TestDatabase.ForgetAsync(_folder);
    }

    private async Task WriteEarlierAsync(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(EarlierFile)!);
        await File.WriteAllTextAsync(EarlierFile, content, Cancellation);
    }

    private sealed record Found(StaffMember Member, IReadOnlyList<string> Audited)
    {
        public string Stamp => Member.SecurityStamp!;

        public StaffRole Role => Member.Role;

        public bool Opens(string password) =>
            new Microsoft.AspNetCore.Identity.PasswordHasher<StaffMember>().VerifyHashedPassword(Member, Member.PasswordHash!, password) != Microsoft.AspNetCore.Identity.PasswordVerificationResult.Failed;
    }
}
