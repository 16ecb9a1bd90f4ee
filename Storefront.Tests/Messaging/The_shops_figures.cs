using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Storefront.Tests.Messaging.Writing;

namespace Storefront.Tests.Messaging;

/// <summary>What somebody reads who listens to the meter.</summary>
public sealed class The_shops_figures(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tell_how_long_the_oldest_message_has_waited_while_the_broker_is_away()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await TestShop.OpenAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        using var figures = new ShopMeter(shop);
        (figures.Read("storefront.outbox.age"), figures.Read("storefront.outbox.messages")).ShouldBe((0, 0));

        await shop.WriteAsync(Letter("oldest"));
        clock.Advance(TimeSpan.FromSeconds(90));
        await shop.WriteAsync(Letter("newest"));
        await shop.WriteAsync(TimeSpan.FromHours(1), Letter("not yet due"));

        (figures.Read("storefront.outbox.age"), figures.Read("storefront.outbox.messages")).ShouldBe((90, 3));
    }

    [Fact]
    public async Task Are_left_out_rather_than_wrong_while_the_database_is_unwell()
    {
        await using var shop = await TestShop.OpenAsync();
        using var figures = new ShopMeter(shop);
        await using (var db = shop.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE outbox RENAME TO lost", Cancellation);
        }

        figures.Read("storefront.outbox.age").ShouldBeNull();
    }

    [Fact]
    public async Task Count_what_was_published_handled_and_given_up()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);
        using var figures = new ShopMeter(shop);

        await shop.WriteAsync(Letter("bad") with { Exchange = "nowhere" });
        await outsider.SendAsync("orders", "no order");
        await shop.DoneAsync(await shop.PlaceAsync(Cancellation), Cancellation);
        await shop.DeadLettersAsync(2, Cancellation);
        await shop.OutboxEmptyAsync();

        // Acked and counted a moment after the order was complete.
        await Watching.UntilAsync("both messages on 'orders' are counted", () => Task.FromResult(figures.Sum("storefront.deliveries.handled", "orders") == 2), Cancellation);
        figures.Sum("storefront.deliveries.handled", "shop.packing").ShouldBe(1);
        figures.Sum("storefront.delivery.duration", "shop.packing").ShouldBeGreaterThan(0);
        await Watching.UntilAsync("placed, picked, packed and shipped are counted", () => Task.FromResult(figures.Sum("storefront.messages.published") == 4), Cancellation);
        figures.Sum("storefront.messages.parked").ShouldBe(1);
        figures.Sum("storefront.dead_letters.written").ShouldBe(2);
    }
}
