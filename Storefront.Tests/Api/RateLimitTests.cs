using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Storefront.Tests.Store;
using Storefront.Web.Api;

namespace Storefront.Tests.Api;

public sealed class Ordering_too_fast
{
    private const string Order = """{"customer_name": "Helgi", "products_ids": [2]}""";

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_a_429_that_says_how_long_to_wait_by_api_and_checkout_alike()
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["RateLimit:OrdersPerMinute"] = "3" });
        for (var i = 0; i < 3; i++)
        {
            using var within = await shop.Client.PostOrderAsync(Order);
            within.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using var over = await shop.Client.PostOrderAsync(Order);
        over.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        over.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        over.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 60);
        (await over.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        (await shop.StockAsync(2)).ShouldBe(5000 - 3);

        var page = await shop.Client.CarryToCheckoutAsync(2);
        using var checkout = await shop.Client.SendAsync(page);
        checkout.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        checkout.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 60);
        var held = await checkout.PageAsync();
        held.Alert().ShouldContain("nothing was ordered this time");
        held.Fields()["Form.Name"].ShouldBe("Helgi Möller", "what was typed is kept");
        held.Fields()["Form.Basket"].ShouldBe(page.Fields()["Form.Basket"]);
        (await shop.StockAsync(2)).ShouldBe(5000 - 3);

        using var looking = await shop.Client.GetAsync(new Uri("/products", UriKind.Relative), Cancellation);
        looking.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Lets_so_many_through_in_a_minute_and_the_next_once_it_is_over()
    {
        var pace = Pace(60);
        var client = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < 60; i++)
        {
            pace.Hold(client).ShouldBeNull();
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        var hold = pace.Hold(client).ShouldNotBeNull();
        hold.ShouldBe(TimeSpan.FromSeconds(30));
        _time.Advance(hold - TimeSpan.FromTicks(1));
        pace.Hold(client).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromTicks(1));
        pace.Hold(client).ShouldBeNull();
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:0:ffff::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Is_counted_by_address_and_by_network_for_ipv6(string one, string other, bool together)
    {
        var pace = Pace(1);
        pace.Hold(IPAddress.Parse(one)).ShouldBeNull();
        pace.Hold(IPAddress.Parse(other)).HasValue.ShouldBe(together);
    }

    [Fact]
    public void Is_never_held_against_anybody_when_the_limit_is_off()
    {
        var pace = Pace(0);
        Enumerable.Range(0, 1000).ShouldAllBe(_ => pace.Hold(IPAddress.Loopback) == null);
    }

    [Fact]
    public void Is_forgotten_with_the_minute()
    {
        var pace = Pace(1);
        for (var i = 0; i < 200; i++)
        {
            pace.Hold(new IPAddress(i));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        pace.Hold(IPAddress.Loopback);
        pace.Clients.ShouldBe(1);
    }

    [Fact]
    public void Counts_right_when_many_come_at_once()
    {
        var pace = Pace(50);
        var through = 0;
        Parallel.For(0, 1000, _ => Interlocked.Add(ref through, pace.Hold(IPAddress.Loopback) is null ? 1 : 0));
        through.ShouldBe(50);
    }

    private OrderPace Pace(int limit) => new(Options.Create(new RateLimitOptions { OrdersPerMinute = limit }), _time);
}
