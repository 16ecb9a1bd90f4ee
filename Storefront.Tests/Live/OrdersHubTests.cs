using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Orders;
using Storefront.Web.Live;

namespace Storefront.Tests.Live;

public sealed class Following_an_order_by_SignalR(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IAsyncLifetime
{
    private readonly CancellationTokenSource _bound = new(Watching.Bound);
    private HubConnection _connection = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestShop Shop => fixture.Shop;

    public async ValueTask InitializeAsync()
    {
        _connection = new HubConnectionBuilder().WithUrl(new Uri(Shop.Address, "/hubs/orders"))
            .AddJsonProtocol(json => OrderJson.Configure(json.PayloadSerializerOptions)).Build();
        await _connection.StartAsync(Cancellation);
    }

    [Fact]
    public async Task Streams_snapshots_until_the_order_is_complete()
    {
        var number = await Shop.PlaceAsync(Cancellation, 2, 4, 42);
        await using var stream = Follow(number.ToString());
        (await stream.MoveNextAsync()).ShouldBeTrue();
        Json(stream.Current).ShouldBe(Json(await Shop.FindAsync(number)));

        var working = Shop.WorkAsync(number, tell: true, [.. OrderTerms.Departments]);
        var last = stream.Current;
        while (await stream.MoveNextAsync())
        {
            stream.Current.Version.ShouldBeGreaterThan(last.Version);
            last = stream.Current;
        }

        await working;
        last.IsComplete.ShouldBeTrue();
        Json(last).ShouldBe(Json(await Shop.FindAsync(number)));
    }

    [Theory]
    [InlineData("7Q4M-X0ZB-K2TD")]
    [InlineData("nonsense")]
    public async Task Fails_with_no_such_order_when_there_is_none(string number)
    {
        await using var stream = Follow(number);
        (await Should.ThrowAsync<HubException>(async () => await stream.MoveNextAsync())).Message.ShouldContain("no such order");
    }

    [Fact]
    public async Task Has_the_names_of_the_http_api()
    {
        var number = await Shop.PlaceAsync(Cancellation, 2);
        await using var raw = new HubConnectionBuilder().WithUrl(new Uri(Shop.Address, "/hubs/orders")).Build();
        await raw.StartAsync(Cancellation);
        await using var stream = raw.StreamAsync<JsonElement>("Follow", number.ToString(), _bound.Token).GetAsyncEnumerator(Cancellation);
        (await stream.MoveNextAsync()).ShouldBeTrue();
        using var http = await Shop.Client.GetAsync(new Uri($"/order/{number}", UriKind.Relative), Cancellation);
        stream.Current.GetRawText().ShouldBe((await http.JsonAsync()).GetRawText());
    }

    [Fact]
    public async Task Refuses_more_than_fifty_streams_a_connection_until_one_ends()
    {
        var number = (await Shop.PlaceAsync(Cancellation, 2)).ToString();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_bound.Token);
        for (var i = 0; i < OrdersHub.MaxStreams; i++)
        {
            (await Follow(number, i == 0 ? ending.Token : _bound.Token).MoveNextAsync()).ShouldBeTrue();
        }

        await using (var tooMany = Follow(number))
        {
            (await Should.ThrowAsync<HubException>(async () => await tooMany.MoveNextAsync())).Message.ShouldContain("50");
        }

        await ending.CancelAsync();
        await Watching.UntilAsync("a stream's place is free again", async () =>
        {
            await using var again = Follow(number);
            try
            {
                return await again.MoveNextAsync();
            }
            catch (HubException)
            {
                // The server has yet to hear that the first one ended.
                return false;
            }
        }, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _bound.Dispose();
    }

    private static string Json(OrderSnapshot order) => JsonSerializer.Serialize(order, OrderJson.Options);

    private IAsyncEnumerator<OrderSnapshot> Follow(string number, CancellationToken? end = null) =>
        _connection.StreamAsync<OrderSnapshot>("Follow", number, end ?? _bound.Token).GetAsyncEnumerator(CancellationToken.None);
}
