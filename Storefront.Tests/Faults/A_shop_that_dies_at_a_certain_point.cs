using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Tests.Faults;

/// <summary>Between any two steps that only a crash can part, the shop may die: the next process on the same data goes on, at once.</summary>
public sealed class A_shop_that_dies_at_a_certain_point(SharedBroker broker) : IDisposable
{
    /// <summary>Late enough that the next life has caught up with what the first left, and orders come in again.</summary>
    private const int Later = 40;

    private static readonly TimeSpan CatchingUp = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-fail-point-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Places => [.. FailPoint.All];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Loses_nothing_and_does_nothing_twice(string place)
    {
        var host = await broker.NewHostAsync(Cancellation);
        var (data, door) = (new ShopData(_folder), new RevolvingDoor());
        Ledger? ledger = null;
        Customers? customers = null;
        long left = 0;
        foreach (var failPoint in (string[])[place, $"{place}:{Later}"])
        {
            await using var shop = await ShopProcess.StartAsync(_folder, host, failPoint, Cancellation, ("Catalog:OpeningStock", "1000000"));
            var live = Stopwatch.StartNew();
            ledger ??= await Ledger.OfAsync(data, Cancellation);
            door.Opens(shop.Client.BaseAddress!, shop.Ended);
            customers ??= Customers.At(door, ledger, customers: 3, pace: TimeSpan.FromMilliseconds(100));
            await PublishedAsync(data, left, live, shop.Ended);

            await shop.Ended.WaitAsync(Watching.Bound, Cancellation);

            shop.WasKilled.ShouldBeTrue("it died of the fail point");
            ledger.Fault();
            left = await LeftAsync(data);
        }

        // The last one within the test's process.
        await using var last = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = _folder, ["Broker:Uri"] = host.ToString() });
        var open = Stopwatch.StartNew();
        door.Opens(last.Address, Task.Delay(Timeout.Infinite, Cancellation));
        await PublishedAsync(data, left, open, Task.Delay(Timeout.Infinite, Cancellation));
        await customers!.EndAsync();
        var figures = await ledger!.ClosesAsync(data, Cancellation);
        figures.Dead.ShouldBe(0);
        figures.Recovered.ShouldBeGreaterThan(0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The last message that was due and not yet confirmed.</summary>
    private static async Task<long> LeftAsync(ShopData data)
    {
        await using var db = data.OpenDatabase();
        var now = DateTimeOffset.UtcNow;
        return await db.Outbox.Where(r => r.NotBefore <= now).MaxAsync(r => (long?)r.Id, Cancellation) ?? 0;
    }

    /// <summary>What the last life left in the outbox is with the broker soon after the next one answers, unless that one dies first.</summary>
    private static async Task PublishedAsync(ShopData data, long left, Stopwatch live, Task ended)
    {
        if (left == 0)
        {
            return;
        }

        await using var db = data.OpenDatabase();
        await Watching.UntilAsync("what was left in the outbox is published", async () => ended.IsCompleted || !await db.Outbox.AnyAsync(r => r.Id <= left, Cancellation), Cancellation);
        if (ended.IsCompleted)
        {
            return;
        }

        Promptness.Note("Published what the last life left", live.Elapsed, CatchingUp);
    }
}
