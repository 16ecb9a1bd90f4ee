using System.Net;

namespace Storefront.Tests.Api;

/// <summary>Started as a process of its own, since how it ends is the point.</summary>
public sealed class A_shop_with_a_wrong_setting
{
    [Theory]
    [InlineData("RateLimit:OrdersPerMinute", "-5", "RateLimit:OrdersPerMinute must be between 0 and 1000000.")]
    [InlineData("Database:Provider", "Oracle", "Database:Provider must be one of Sqlite, Postgres; it is 'Oracle'.")]
    [InlineData("RateLimit:PerMinute", "5", "RateLimit:PerMinute is not a setting; check its spelling.")]
    [InlineData("Mail:Security", "Ssl", "Mail:Security must be one of None, StartTls, Tls; it is 'Ssl'.")]
    [InlineData("Urls", "http://localhost:99999", "Urls: the port must be a number up to 65535.")]
    [InlineData("Data:Folder", "/dev/null", "Data:Folder must be a folder the shop may write to; '/dev/null' is not: ")]
    [InlineData("Catalog:File", "no-such-file.json", "Catalog:File: no-such-file.json cannot be read: ")]
    [InlineData("ConnectionStrings:Store", "Data Source=/dev/null/shop.db", "ConnectionStrings:Store: the database cannot be opened: ")]
    public async Task Does_not_start_and_names_it_in_one_line(string key, string value, string line)
    {
        var (exitCode, output, error) = await TestShopProcess.RunAsync((key, value));
        exitCode.ShouldBe(1);
        error.Trim().ShouldStartWith($"Storefront cannot start: {line}");
        error.Trim().ReplaceLineEndings("\n").Split('\n').Length.ShouldBe(1);
        output.ShouldNotContain("fail:");
    }

    [Fact]
    public async Task Names_all_that_are_wrong()
    {
        var (_, _, error) = await TestShopProcess.RunAsync(("RateLimit:OrdersPerMinute", "-5"), ("Shop:Currency", "Euro"));
        error.ShouldContain("RateLimit:OrdersPerMinute");
        error.ShouldContain("Shop:Currency");
    }

    [Fact]
    public async Task Says_so_when_its_address_is_taken()
    {
        using var other = TestShopProcess.TakenPort();
        var address = $"http://{(IPEndPoint)other.LocalEndpoint}";
        var (exitCode, output, error) = await TestShopProcess.RunAsync(("Urls", address));
        exitCode.ShouldBe(1);
        error.ShouldStartWith($"Storefront cannot start: Urls: Failed to bind to address {address}: address already in use.");
        output.ShouldNotContain("fail:");
    }
}
