using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging;

namespace Storefront.Tests.Faults;

/// <summary>A broker may be there and yet take nothing: an alarm, or silence. Orders are taken meanwhile, and the shop says what is the matter.</summary>
public sealed class A_broker_that_stands_still(HarmedBroker broker) : IClassFixture<HarmedBroker>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("set_vm_memory_high_watermark absolute 10", "set_vm_memory_high_watermark 0.4", true)]
    [InlineData("set_disk_free_limit 900000GB", "set_disk_free_limit 50MB", false)]
    public async Task Because_its_memory_or_disk_is_short_is_waited_for_however_long_that_takes(string alarm, string cure, bool isLong)
    {
        await broker.ReadyAsync(Cancellation);
        await using var shop = await broker.OpenShopAsync();
        var status = shop.Services.GetRequiredService<BrokerStatus>();
        await Watching.UntilAsync("the shop is at its broker", () => Task.FromResult(status.Now.State == BrokerState.Up), Cancellation);
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        await using var another = await AnotherPublisher.ConnectAsync(broker.Node.Uri);
        await broker.Node.ControlAsync(alarm, Cancellation);
        ledger.Fault();

        await Watching.UntilAsync("the broker is blocked", () => Task.FromResult(status.Now.State == BrokerState.Blocked), Cancellation);
        status.Now.Reason.ShouldNotBeNullOrWhiteSpace();
        if (isLong)
        {
            // Longer than any publish is given otherwise: an alarm is no failure of the connection, and a new one would be blocked too.
            var watch = Stopwatch.StartNew();
            await Watching.UntilAsync("more than the publisher's patience is over", () => Task.FromResult(
                status.Now.State != BrokerState.Blocked || watch.Elapsed > BrokerSession.Patience + TimeSpan.FromSeconds(2)), Cancellation);
            status.Now.State.ShouldBe(BrokerState.Blocked);
        }

        await customers.MoreAsync(5, Cancellation);
        await customers.EndAsync();
        await another.IsBlockedAsync(Cancellation);
        await using var db = shop.OpenDatabase();
        var kept = await db.Outbox.MaxAsync(r => r.Id, Cancellation);
        var published = PublishedAsync(shop, kept);
        await broker.Node.ControlAsync(cure, Cancellation);

        Promptness.Note("Published what waited", await published - await another.Unblocked.WaitAsync(Watching.Bound, Cancellation), TimeSpan.FromSeconds(1));
        (await ledger.ClosesAsync(shop, Cancellation)).Dead.ShouldBe(0);
        status.Now.State.ShouldBe(BrokerState.Up);
        shop.Log.ShouldNotContain("is away", customMessage: "one session all the time");
    }

    [Fact]
    public async Task In_silence_is_away_after_some_seconds_and_found_again()
    {
        await broker.ReadyAsync(Cancellation);
        await using var shop = await broker.OpenShopAsync();
        var status = shop.Services.GetRequiredService<BrokerStatus>();
        await Watching.UntilAsync("the shop is at its broker", () => Task.FromResult(status.Now.State == BrokerState.Up), Cancellation);
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        await customers.MoreAsync(5, Cancellation);
        broker.Node.PauseProcess();
        ledger.Fault();
        var began = DateTimeOffset.UtcNow;
        try
        {
            await customers.MoreAsync(5, Cancellation);
            await Watching.UntilAsync("the broker counts as away", () => Task.FromResult(status.Now.State == BrokerState.Away), Cancellation);
            status.Now.Reason.ShouldBeOneOf("it does not answer", "publishing failed: The operation has timed out.");
            Promptness.Note("Silence counted as being away", DateTimeOffset.UtcNow - began, BrokerSession.Patience * 2);
            broker.Node.Resume();

            await customers.EndAsync();
            await ledger.ClosesAsync(shop, Cancellation);
        }
        finally
        {
            broker.Node.Resume();
        }
    }

    [Fact]
    public async Task Behind_a_network_that_swallows_everything_is_reached_by_a_new_connection()
    {
        await broker.ReadyAsync(Cancellation);
        await using var network = new BlackHole(broker.Node.Uri);
        await using var shop = await broker.OpenShopAsync(("Broker:Uri", network.Uri.ToString()));
        var status = shop.Services.GetRequiredService<BrokerStatus>();
        await Watching.UntilAsync("the shop is at its broker", () => Task.FromResult(status.Now.State == BrokerState.Up), Cancellation);

        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        await customers.MoreAsync(5, Cancellation);
        network.Swallow();
        ledger.Fault();
        await customers.MoreAsync(5, Cancellation);

        // The broker does not know yet that the first connection is dead, nor what has become of the messages it gave out on it.
        await Watching.UntilAsync("the broker counts as away", () => Task.FromResult(status.Now.State == BrokerState.Away), Cancellation);
        await Watching.UntilAsync("the shop is at its broker again", () => Task.FromResult(status.Now.State == BrokerState.Up), Cancellation);
        network.CutSwallowed();
        await customers.EndAsync();
        await ledger.ClosesAsync(shop, Cancellation);
        status.Now.State.ShouldBe(BrokerState.Up);
    }

    /// <summary>When the row has left the outbox.</summary>
    private static async Task<DateTimeOffset> PublishedAsync(TestShop shop, long row)
    {
        await using var db = shop.OpenDatabase();
        await Watching.UntilAsync($"row {row} is published", async () => !await db.Outbox.AnyAsync(r => r.Id == row, Cancellation), Cancellation);
        return DateTimeOffset.UtcNow;
    }
}
