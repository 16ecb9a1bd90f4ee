using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Tests.Orders;

public sealed class An_order_key : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("storefront-test-");
    private readonly OrderNumber _number = OrderNumber.New();

    private string Secret => Path.Combine(_folder.FullName, "secrets", "shop.key");

    [Fact]
    public void Is_half_of_an_hmac_over_the_number_as_written()
    {
        var key = Open().Of(_number);
        using var hmac = new HMACSHA256(File.ReadAllBytes(Secret));
        key.ShouldBe(Convert.ToHexStringLower(hmac.ComputeHash(Encoding.ASCII.GetBytes(_number.ToString()))[..16]));
    }

    [Fact]
    public void Matches_its_order_after_a_restart_and_no_other()
    {
        var key = Open().Of(_number);
        var keys = Open();
        keys.Matches(_number, key).ShouldBeTrue();
        keys.Matches(OrderNumber.New(), key).ShouldBeFalse();
        keys.Matches(_number, key[..^1]).ShouldBeFalse();
        keys.Matches(_number, "").ShouldBeFalse();
        keys.Matches(_number, null).ShouldBeFalse();
    }

    [Fact]
    public void Comes_of_one_secret_however_many_processes_make_it_at_once()
    {
        var keys = new OrderKeys[16];
        Parallel.For(0, keys.Length, i => keys[i] = Open());
        keys.Select(k => k.Of(_number)).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        Directory.GetFiles(Path.GetDirectoryName(Secret)!).ShouldBe([Secret]);
    }

    [Fact]
    public void Keeps_its_secret_to_the_owner_of_the_process()
    {
        Open();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no file modes on Windows.");
#pragma warning disable CA1416 // Skipped on Windows above.
        File.GetUnixFileMode(Secret).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
    }

    [Fact]
    public void Is_not_made_from_a_secret_that_lost_some_of_its_bytes()
    {
        Open();
        File.WriteAllBytes(Secret, new byte[31]);
        Should.Throw<InvalidDataException>(Open).Message.ShouldContain(Secret);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private OrderKeys Open() => new(Options.Create(new DataOptions { Folder = _folder.FullName }));
}
