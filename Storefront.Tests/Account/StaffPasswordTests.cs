using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Web.Account;

namespace Storefront.Tests.Account;

public sealed class The_staff_password : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-test-").FullName;

    private string SecretFile => Path.Combine(_folder, "secrets", "staff.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Is_made_at_first_start_and_shown_once()
    {
        var shown = new List<string>();
        var first = await StartAsync(null, shown.Add);
        var second = await StartAsync(null, shown.Add);

        var line = shown.ShouldHaveSingleItem();
        line.ShouldMatch("^Staff password: [a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4} \\(made at first start and shown once; set Staff__Password to choose your own\\)$");
        var password = line.Split(' ')[2];
        first.Verify(password).ShouldBeTrue();
        second.Verify(password).ShouldBeTrue();
        second.Stamp.ShouldBe(first.Stamp);
    }

    [Fact]
    public async Task Is_kept_as_a_hash_that_only_the_shop_may_read()
    {
        await StartAsync("wintercress");

        (await File.ReadAllTextAsync(SecretFile, TestContext.Current.CancellationToken)).ShouldNotContain("wintercress");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(SecretFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Chosen_by_setting_replaces_the_made_one_and_is_not_shown()
    {
        var shown = new List<string>();
        var made = await StartAsync(null, shown.Add);
        var chosen = await StartAsync("wintercress", shown.Add);

        shown.Count.ShouldBe(1);
        chosen.Verify("wintercress").ShouldBeTrue();
        chosen.Verify(shown[0].Split(' ')[2]).ShouldBeFalse();
        chosen.Stamp.ShouldNotBe(made.Stamp);
    }

    [Fact]
    public async Task Kept_the_same_keeps_its_stamp()
    {
        var before = await StartAsync("wintercress");
        (await StartAsync("wintercress")).Stamp.ShouldBe(before.Stamp);
        (await StartAsync("")).Stamp.ShouldBe(before.Stamp);
    }

    [Fact]
    public async Task Lost_is_made_anew_after_deleting_its_file()
    {
        await StartAsync("wintercress");
        File.Delete(SecretFile);
        var shown = new List<string>();
        var anew = await StartAsync(null, shown.Add);
        shown.Count.ShouldBe(1);
        anew.Verify("wintercress").ShouldBeFalse();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"hash": "no hash at all", "stamp": "x"}""")]
    public async Task In_a_spoilt_file_stops_the_start_and_names_the_cure(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SecretFile)!);
        await File.WriteAllTextAsync(SecretFile, content, TestContext.Current.CancellationToken);
        var fault = await Should.ThrowAsync<InvalidDataException>(() => StartAsync("wintercress"));
        fault.Message.ShouldContain("staff.json");
        fault.Message.ShouldContain("Delete it");
    }

    [Fact]
    public void Must_have_eight_characters()
    {
        var options = new StaffOptions { Password = "sevenor" };
        var faults = new List<System.ComponentModel.DataAnnotations.ValidationResult>();
        System.ComponentModel.DataAnnotations.Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true).ShouldBeFalse();
        faults.ShouldHaveSingleItem().ErrorMessage.ShouldBe("Staff:Password must have 8 to 200 characters.");
    }

    private async Task<StaffPassword> StartAsync(string? configured, Action<string>? announce = null)
    {
        var password = new StaffPassword(Options.Create(new StaffOptions { Password = configured }), Options.Create(new DataOptions { Folder = _folder })) { Announce = announce ?? (_ => { }) };
        await password.StartAsync(TestContext.Current.CancellationToken);
        return password;
    }
}
