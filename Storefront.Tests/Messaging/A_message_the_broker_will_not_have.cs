using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Messaging.DeadLetters;
using static Storefront.Tests.Messaging.Writing;

namespace Storefront.Tests.Messaging;

/// <summary>It is parked among the dead letters, or rests if it may pass another time; either way its neighbours are published, and consumers notice nothing.</summary>
public sealed class A_message_the_broker_will_not_have(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task For_an_exchange_nobody_declared_is_parked_with_all_that_a_replay_needs()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);

        var bad = Letter("bad") with { Exchange = "nowhere", RoutingKey = "some.topic", Mandatory = true, Body = "whatever"u8.ToArray() };
        await IsParkedAmongNeighboursAsync(shop, outsider, bad);

        var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
        letter.Reason.ShouldStartWith("The broker would not take it: NOT_FOUND - no exchange 'nowhere'");
        (letter.Exchange, letter.Queue, letter.MessageId, letter.Type, letter.CorrelationId, letter.State).ShouldBe(("nowhere", "some.topic", "bad", "test.v1", "test", DeadLetterState.Waiting));
        letter.Body.ShouldBe("whatever"u8.ToArray());
        using var headers = JsonDocument.Parse(letter.Headers);
        headers.RootElement.GetProperty("traceparent").GetString().ShouldBe(bad.TraceParent);
        headers.RootElement.GetProperty("mandatory").GetBoolean().ShouldBeTrue();
        shop.Log.ShouldNotContain("is away", customMessage: "no session was given up for it");
    }

    [Fact]
    public async Task That_the_client_cannot_write_is_parked()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);

        await IsParkedAmongNeighboursAsync(shop, outsider, Letter("bad") with { RoutingKey = new string('k', 300) }, Letter("worse") with { Type = new string('t', 300) });

        var letters = await shop.DeadLettersAsync(2, Cancellation);
        letters.Select(l => l.MessageId).ShouldBe(["bad", "worse"]);
        letters.ShouldAllBe(l => l.Reason.StartsWith("The broker would not take it: ", StringComparison.Ordinal));
        letters[0].Detail.ShouldNotBeNull().ShouldContain("   at ");
        shop.Log.ShouldNotContain("is away", customMessage: "no session was given up for it");
    }

    [Fact]
    public async Task And_closes_the_connection_for_is_parked_when_it_does_so_alone()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);

        // Properties go in one frame, and this one is larger than a frame may be.
        await IsParkedAmongNeighboursAsync(shop, outsider, Letter("bad") with { TraceParent = new string('t', 200_000) });

        (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem().Reason.ShouldContain("FRAME_ERROR");
        // Twice: with the others, then alone.
        shop.Log.Split("The broker is away").Length.ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task And_hands_back_is_parked_after_five_times_in_growing_pauses()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await OpenAsync(clock);
        await using var outsider = await shop.MeetAsync(Cancellation);
        var began = clock.GetUtcNow();
        await shop.WriteAsync(Letter("unwanted") with { Exchange = "shop.events", RoutingKey = "nobody.listens", Mandatory = true });

        await using var db = shop.OpenDatabase();
        await TicksUntilAsync(clock, "it is parked", async () => await db.DeadLetters.AnyAsync(Cancellation));

        // Rests of 1, 2, 4 and 8 seconds; the clock may have ticked on meanwhile.
        (clock.GetUtcNow() - began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(15));
        var letter = await db.DeadLetters.AsNoTracking().SingleAsync(Cancellation);
        letter.Reason.ShouldBe("The broker would not take it: no queue takes it; it was handed back 5 times. Bind a queue to its exchange and routing key, then replay it.");
        (letter.Exchange, letter.Queue, letter.Attempts).ShouldBe(("shop.events", "nobody.listens", 5));
        (await db.Outbox.AnyAsync(Cancellation)).ShouldBeFalse();
        Count(shop, "(no queue takes it)").ShouldBe(4);
        shop.Log.ShouldNotContain("is away");
    }

    [Fact]
    public async Task Because_a_queue_is_full_waits_for_as_long_as_that_takes_while_others_pass()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await OpenAsync(clock);
        await using var outsider = await shop.MeetAsync(Cancellation);
        await outsider.Channel.QueueDeclareAsync("full", durable: false, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" }, cancellationToken: Cancellation);
        await outsider.SendAsync("full", "the one that fits");
        // More than a window of unconfirmed messages.
        await shop.WriteAsync([.. Enumerable.Range(1, 300).Select(i => Letter($"patient {i}") with { RoutingKey = "full" })]);
        await TicksUntilAsync(clock, "refused more than five times", () => Task.FromResult(Count(shop, "(the broker would not take it)") > 20));

        var heard = await outsider.ReadAsync(await outsider.DeclareOwnAsync("somewhere"));
        await shop.WriteAsync(Letter("neighbour"));
        (await heard.NextAsync()).Properties.MessageId.ShouldBe("neighbour");

        var patient = await outsider.ReadAsync("full");
        await using var db = shop.OpenDatabase();
        await TicksUntilAsync(clock, "all are through", async () => !await db.Outbox.AnyAsync(Cancellation));
        (await patient.NextAsync()).Text.ShouldBe("the one that fits");
        var through = new HashSet<string?>(StringComparer.Ordinal);
        while (through.Count < 300)
        {
            through.Add((await patient.NextAsync()).Properties.MessageId);
        }

        (await db.DeadLetters.AnyAsync(Cancellation)).ShouldBeFalse();
        shop.Log.ShouldNotContain("is away");
    }

    /// <summary>Neighbours before and behind, in the same commit; each arrives, and later ones too.</summary>
    internal static async Task IsParkedAmongNeighboursAsync(TestShop shop, Outsider outsider, params Storefront.Messaging.OutgoingMessage[] bad)
    {
        var heard = await outsider.ReadAsync(await outsider.DeclareOwnAsync("somewhere"));
        var neighbours = Enumerable.Range(1, 40).Select(i => $"{i}").ToArray();
        await shop.WriteAsync([.. neighbours[..20].Select(Letter), .. bad, .. neighbours[20..].Select(Letter)]);

        var arrived = new HashSet<string?>(StringComparer.Ordinal);
        while (arrived.Count < neighbours.Length)
        {
            // What was out with it may come twice.
            arrived.Add((await heard.NextAsync()).Properties.MessageId);
        }

        arrived.ShouldBe(neighbours, ignoreOrder: true);
        await shop.OutboxEmptyAsync();
        await shop.DoneAsync(await shop.PlaceAsync(Cancellation), Cancellation);
    }

    private static int Count(TestShop shop, string words) => shop.Log.Split(words).Length - 1;

    /// <summary>Lets the clock tick on, a second at a time, until the fact holds.</summary>
    private static Task TicksUntilAsync(FakeTimeProvider clock, string what, Func<Task<bool>> fact) => Watching.UntilAsync(what, () =>
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        return fact();
    }, Cancellation);

    private async Task<TestShop> OpenAsync(FakeTimeProvider clock) => await TestShop.OpenAsync(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = (await broker.NewHostAsync(Cancellation)).ToString() },
        services => services.AddSingleton<TimeProvider>(clock));
}
