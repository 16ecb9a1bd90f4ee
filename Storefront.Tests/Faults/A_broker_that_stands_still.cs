using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging;

namespace Storefront.Tests.Faults;

/// <summary>A broker may be there and yet take nothing: an alarm, or silence. Orders are taken meanwhile, and the shop says what is the matter.</summary>
public sealed class A_broker_that_stands_still(HarmedBroker broker) : IClassFixture<HarmedBroker>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Because_its_memory_is_short_is_waited_for_however_long_that_takes()
    {
        await broker.ReadyAsync(Cancellation);
        await using var shop = await broker.OpenShopAsync();
        var status = shop.Services.GetRequiredService<BrokerStatus>();
        await Watching.UntilAsync("the shop is at its broker", () => Task.FromResult(status.Now.State == BrokerState.Up), Cancellation);
        await broker.Node.ControlAsync("set_vm_memory_high_watermark absolute 10", Cancellation);

        var accepted = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.PlaceAsync(Cancellation)));
        await Watching.UntilAsync("the broker is blocked", () => Task.FromResult(status.Now.State == BrokerState.Blocked), Cancellation);
        status.Now.Reason.ShouldNotBeNullOrWhiteSpace();
        // Longer than any publish is given otherwise: an alarm is no failure of the connection, and a new one would be blocked too.
        var watch = Stopwatch.StartNew();
        await Watching.UntilAsync("more than the publisher's patience is over", () => Task.FromResult(
            status.Now.State != BrokerState.Blocked || watch.Elapsed > BrokerSession.Patience + TimeSpan.FromSeconds(2)), Cancellation);
        status.Now.State.ShouldBe(BrokerState.Blocked);

        await broker.Node.ControlAsync("set_vm_memory_high_watermark 0.4", Cancellation);

        await shop.AllDoneAsync(accepted.Length, Cancellation);
        await shop.BalancesAsync(accepted, Cancellation);
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
        broker.Node.PauseProcess();
        var began = DateTimeOffset.UtcNow;
        try
        {
            var accepted = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.PlaceAsync(Cancellation)));
            await Watching.UntilAsync("the broker counts as away", () => Task.FromResult(status.Now.State == BrokerState.Away), Cancellation);
            status.Now.Reason.ShouldBeOneOf("it does not answer", "publishing failed: The operation has timed out.");
            (DateTimeOffset.UtcNow - began).ShouldBeLessThan(BrokerSession.Patience * 2);
            broker.Node.Resume();

            await shop.AllDoneAsync(accepted.Length, Cancellation);
            await shop.BalancesAsync(accepted, Cancellation);
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

        network.Swallow();
        var accepted = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.PlaceAsync(Cancellation)));

        // The broker does not know yet that the first connection is dead, nor what has become of the messages it gave out on it.
        await Watching.UntilAsync("the broker counts as away", () => Task.FromResult(status.Now.State == BrokerState.Away), Cancellation);
        await Watching.UntilAsync("the shop is at its broker again", () => Task.FromResult(status.Now.State == BrokerState.Up), Cancellation);
        network.CutSwallowed();
        await shop.AllDoneAsync(accepted.Length, Cancellation);
        await shop.BalancesAsync(accepted, Cancellation);
        status.Now.State.ShouldBe(BrokerState.Up);
    }
}
