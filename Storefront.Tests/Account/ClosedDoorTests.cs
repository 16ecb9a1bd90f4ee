using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Storefront.Tests.Account;

public sealed class Without_a_session
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/backoffice")]
    [InlineData("/backoffice/orders?attention=true")]
    [InlineData("/backoffice/orders/7Q4M-X0ZB-K2TD")]
    [InlineData("/backoffice/dead-letters")]
    [InlineData("/backoffice/dead-letters/1")]
    [InlineData("/backoffice/statistics")]
    [InlineData("/backoffice/marketing?period=7")]
    [InlineData("/backoffice/warehouse/packing")]
    [InlineData("/backoffice/products?low=true")]
    [InlineData("/backoffice/products/1")]
    [InlineData("/backoffice/products/new")]
    public async Task Every_page_of_the_back_office_asks_to_sign_in_first(string path)
    {
        await using var shop = await TestShop.OpenAsync();
        using var answer = await shop.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location.ShouldNotBeNull().PathAndQuery.ShouldBe($"/signin?returnUrl={Uri.EscapeDataString(path)}");
    }

    [Fact]
    public async Task No_page_of_the_back_office_is_open()
    {
        await using var shop = await TestShop.OpenAsync();
        var pages = shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.TrimStart('/').StartsWith("backoffice", StringComparison.OrdinalIgnoreCase) == true
                && e.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null).ToList();
        pages.Count.ShouldBeGreaterThanOrEqualTo(6);
        pages.ShouldAllBe(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>()!.Policy != null);
    }

    [Fact]
    public async Task A_cookie_from_before_a_change_of_password_is_worth_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("storefront-test-").FullName;
        try
        {
            string cookie;
            await using (var before = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = folder }))
            {
                using var answer = await before.Client.SignInAsync(TestShop.StaffPassword);
                cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("storefront.staff=", StringComparison.Ordinal)).Split(';')[0];
            }

            (await InsideAsync(folder, TestShop.StaffPassword, cookie)).ShouldBe(HttpStatusCode.OK, "a restart alone signs nobody out");
            (await InsideAsync(folder, "another-password", cookie)).ShouldBe(HttpStatusCode.Found);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HttpStatusCode> InsideAsync(string folder, string password, string cookie)
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = folder, ["Staff:Password"] = password });
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = shop.Address };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var page = await client.GetAsync(new Uri("/backoffice", UriKind.Relative), Cancellation);
        return page.StatusCode;
    }
}
