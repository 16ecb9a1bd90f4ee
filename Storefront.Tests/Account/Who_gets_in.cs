using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Web.Account;

namespace Storefront.Tests.Account;

/// <summary>
/// Every address of the shop and every method of its hubs, asked for by everybody. What is in neither list fails, and so does what is open wider, or to fewer, than the list says:
/// a new page of the back office is for every member of the staff unless it is named here, and a new page of the store is named here.
/// </summary>
public sealed partial class Who_gets_in(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    /// <summary>From the fewest rights to the most; null is somebody who is not signed in.</summary>
    private static readonly StaffRole?[] Everybody = [null, StaffRole.Viewer, StaffRole.Operator, StaffRole.Manager];

    /// <summary>Who gets in at an address and all beneath it; the longest that fits counts.</summary>
    private static readonly (string Address, StaffRole? Least)[] Doors =
    [
        ("/backoffice", StaffRole.Viewer),
        ("/backoffice/audit", StaffRole.Manager),
        ("/backoffice/audit.csv", StaffRole.Manager),
        ("/backoffice/products/new", StaffRole.Manager),
        ("/backoffice/simulation", StaffRole.Manager),
        ("/backoffice/staff", StaffRole.Manager),
        ("/", null), ("/account", null), ("/cart", null), ("/catalogue", null), ("/checkout", null), ("/error", null), ("/health", null), ("/hubs/orders", null),
        ("/invitation", null), ("/language", null), ("/not-found", null), ("/openapi", null), ("/pictures", null), ("/order", null), ("/orders", null), ("/product", null), ("/products", null),
        ("/robots.txt", null), ("/signin", null), ("/signout", null), ("/sitemap.xml", null), ("/track", null), ("/workshop", null), ("/_blazor", null), ("/_framework", null),
    ];

    /// <summary>What hubs do, and for whom.</summary>
    private static readonly (string Method, StaffRole? Least)[] Calls = [("OrdersHub.Follow", null)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestShop Shop => fixture.Shop;

    [Fact]
    public async Task At_an_address_is_who_the_list_says_and_nobody_else()
    {
        var (faults, used) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var clients = await ClientsAsync();
        foreach (var endpoint in Shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null))
        {
            var address = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            if (DoorOf(address) is not { } door)
            {
                faults.Add($"{address} is not in the list");
                continue;
            }

            used.Add(door.Address);
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                foreach (var (role, client) in clients)
                {
                    var isIn = await IsLetInAsync(client, method, endpoint, PathOf(address));
                    if (isIn != (door.Least is null || role >= door.Least))
                    {
                        faults.Add($"{method} {address} {(isIn ? "lets in" : "turns away")} {NameOf(role)}");
                    }
                }
            }
        }

        clients.ForEach(c => c.Client.Dispose());
        faults.ShouldBeEmpty();
        Doors.Select(d => d.Address).Except(used).ShouldBeEmpty("what is not there any more has no door");
    }

    [Fact]
    public async Task At_a_hubs_method_is_who_the_list_says_and_nobody_else()
    {
        var methods = typeof(Storefront.Web.Live.OrdersHub).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Hub)) && !t.IsAbstract)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.GetBaseDefinition().DeclaringType == t));
        methods.Select(m => $"{m.DeclaringType!.Name}.{m.Name}").ShouldBe(Calls.Select(c => c.Method), ignoreOrder: true);

        var number = await Shop.PlaceAsync(Cancellation);
        foreach (var role in Everybody)
        {
            var headers = role is { } staff ? new Dictionary<string, string>(StringComparer.Ordinal) { ["Cookie"] = await CookieAsync(staff) } : [];
            await using var connection = new HubConnectionBuilder().WithUrl(new Uri(Shop.Address, "/hubs/orders"), options => options.Headers = headers).Build();
            await connection.StartAsync(Cancellation);
            await using var stream = connection.StreamAsync<JsonElement>("Follow", number.ToString(), Cancellation).GetAsyncEnumerator(Cancellation);
            (await stream.MoveNextAsync()).ShouldBeTrue($"for {NameOf(role)}");
        }
    }

    private static (string Address, StaffRole? Least)? DoorOf(string address) => Doors
        .Where(d => address.Equals(d.Address, StringComparison.OrdinalIgnoreCase) || (d.Address != "/" && address.StartsWith(d.Address + "/", StringComparison.OrdinalIgnoreCase)))
        .OrderByDescending(d => d.Address.Length).Select(d => ((string, StaffRole?)?)d).FirstOrDefault();

    private static string NameOf(StaffRole? role) => role?.ToString() ?? "somebody who is not signed in";

    /// <summary>With something in each of its places.</summary>
    private static string PathOf(string address) => Places().Replace(address, place =>
        place.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "1");

    /// <summary>Turned away is who is sent to the sign-in, or from there to the page that says "not for your role". All other answers are the page's own.</summary>
    private static async Task<bool> IsLetInAsync(HttpClient client, string method, RouteEndpoint endpoint, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new FormUrlEncodedContent([]);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var to = answer.Headers.Location is { } location ? new Uri(client.BaseAddress!, location) : null;
        return !(answer.StatusCode == HttpStatusCode.Unauthorized
            || (answer.StatusCode == HttpStatusCode.Forbidden && endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
            || (to?.AbsolutePath.StartsWith("/signin", StringComparison.Ordinal) == true && to.Query.Contains("returnUrl=", StringComparison.Ordinal)));
    }

    private async Task<List<(StaffRole? Role, HttpClient Client)>> ClientsAsync()
    {
        var clients = new List<(StaffRole?, HttpClient)>();
        foreach (var role in Everybody)
        {
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Shop.Address };
            if (role is { } staff)
            {
                client.DefaultRequestHeaders.Add("Cookie", await CookieAsync(staff));
            }

            clients.Add((role, client));
        }

        return clients;
    }

    /// <summary>The cookie of somebody new with this role, made as the sign-in makes it; by its form, it would let nobody in after five.</summary>
    private async Task<string> CookieAsync(StaffRole role) => Shop.CookieOf(await Shop.HireAsync($"Somebody {Guid.NewGuid():N}", role));

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Places();
}
