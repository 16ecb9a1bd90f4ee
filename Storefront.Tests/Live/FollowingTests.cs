using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Orders;
using Storefront.Web.Live;

namespace Storefront.Tests.Live;

public sealed class Following_an_order(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestShop Shop => fixture.Shop;

    [Fact]
    public async Task Begins_with_the_order_as_it_is()
    {
        var number = await Shop.PlaceAsync(Cancellation, 2);
        await Shop.WorkAsync(number, tell: true, Department.Warehouse);
        await using var following = Follow(Shop, number);
        (await following.MoveNextAsync()).ShouldBeTrue();
        following.Current.Status.ShouldBe(OrderStatus.Picked);
    }

    [Fact]
    public async Task Goes_on_with_rising_versions_and_ends_after_the_complete_one()
    {
        var number = await Shop.PlaceAsync(Cancellation, 2);
        await using var following = Follow(Shop, number);
        (await following.MoveNextAsync()).ShouldBeTrue();
        var seen = new List<OrderSnapshot> { following.Current };
        var working = Shop.WorkAsync(number, tell: true, [.. OrderTerms.Departments.Where(d => d != Department.Sales), Department.Sales]);
        while (await following.MoveNextAsync())
        {
            seen.Add(following.Current);
        }

        await working;
        seen.Select(s => s.Version).ShouldBeInOrder(SortDirection.Ascending);
        seen.Select(s => s.Version).ShouldBeUnique();
        seen[..^1].ShouldAllBe(s => !s.IsComplete);
        var last = seen[^1];
        (last.Status, last.Version, last.IsComplete).ShouldBe((OrderStatus.Shipped, 6, true));
        last.History.Select(h => h.Seq).ShouldBe(Enumerable.Range(1, last.History.Count));
    }

    [Fact]
    public async Task That_is_complete_gives_it_once_and_ends()
    {
        var number = await Shop.PlaceAsync(Cancellation, 2);
        await Shop.WorkAsync(number, tell: true, [.. OrderTerms.Departments]);
        await using var following = Follow(Shop, number);
        (await following.MoveNextAsync()).ShouldBeTrue();
        following.Current.IsComplete.ShouldBeTrue();
        (await following.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task That_does_not_exist_says_so()
    {
        await using var following = Follow(Shop, OrderNumber.New());
        await Should.ThrowAsync<NoSuchOrderException>(async () => await following.MoveNextAsync());
    }

    [Fact]
    public async Task Hears_the_last_word_however_fast_and_often_the_order_changes()
    {
        var number = await Shop.PlaceAsync(Cancellation, 2);
        var watchers = Enumerable.Range(0, 20).Select(async _ =>
        {
            await using var following = Follow(Shop, number);
            var last = 0L;
            while (await following.MoveNextAsync())
            {
                following.Current.Version.ShouldBeGreaterThan(last);
                last = following.Current.Version;
            }

            return last;
        }).ToList();
        await Shop.WorkAsync(number, tell: true, [.. OrderTerms.Departments]);
        (await Task.WhenAll(watchers)).ShouldAllBe(last => last == 6);
    }

    [Fact]
    public async Task Looks_after_it_within_five_seconds_when_a_hint_was_lost()
    {
        OrderFollower.LookAfterEvery.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await TestShop.OpenAsync(services: services => services.AddSingleton<TimeProvider>(time));
        var number = await shop.PlaceAsync(Cancellation, 2);
        await using var following = Follow(shop, number);
        (await following.MoveNextAsync()).ShouldBeTrue();
        await shop.WorkAsync(number, tell: false, Department.Warehouse);

        var next = following.MoveNextAsync().AsTask();
        await Watching.UntilAsync("the change was found without a hint", () =>
        {
            time.Advance(OrderFollower.LookAfterEvery);
            return Task.FromResult(next.IsCompleted);
        }, Cancellation);
        (await next).ShouldBeTrue();
        following.Current.Status.ShouldBe(OrderStatus.Picked);
    }

    // Bounded: a stream that stays silent fails the test instead of hanging it.
    private static IAsyncEnumerator<OrderSnapshot> Follow(TestShop shop, OrderNumber number) =>
        shop.Services.GetRequiredService<OrderFollower>().FollowAsync(number, new CancellationTokenSource(Watching.Bound).Token).GetAsyncEnumerator(Cancellation);
}
