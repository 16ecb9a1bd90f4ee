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
        await using var shop = await broker.OpenShopAsync();
        var status = shop.Services.GetRequiredService<BrokerStatus>();
        await Watching.UntilAsync("the shop is at its broker", () => Task.FromResult(status.Now.State == BrokerState.Up), Cancellation);
        broker.Node.PauseProcess();
        try
        {
            var accepted = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.PlaceAsync(Cancellation)));
            await Watching.UntilAsync("the broker counts as away", () => Task.FromResult(status.Now.State == BrokerState.Away), Cancellation);
            status.Now.Reason.ShouldBe("publishing failed: The operation has timed out.");
            broker.Node.Resume();

            await shop.AllDoneAsync(accepted.Length, Cancellation);
            await shop.BalancesAsync(accepted, Cancellation);
        }
        finally
        {
            broker.Node.Resume();
        }
    }
}
