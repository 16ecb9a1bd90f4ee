using System.Net;

namespace Storefront.Tests.Shop;

public sealed class A_test_shop
{
    [Fact]
    public async Task Answers_over_http_and_leaves_no_folder_behind()
    {
        string folder;
        await using (var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Shop:Name"] = "Burrow" }))
        {
            shop.Address.Port.ShouldNotBe(5080);
            using var home = await shop.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
            home.StatusCode.ShouldBe(HttpStatusCode.OK);
            folder = shop.DataFolder;
            Directory.EnumerateFiles(folder).ShouldNotBeEmpty();
        }

        Directory.Exists(folder).ShouldBeFalse();
    }
}
