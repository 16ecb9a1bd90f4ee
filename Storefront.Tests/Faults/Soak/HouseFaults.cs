using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Tests.Faults.Soak;

/// <summary>The shop's own process, one life after the other: each ends by a kill, at a fail point, or in order; now and then somebody holds its database's lock.</summary>
internal sealed class HouseFaults(int seed, string folder, Uri broker, RevolvingDoor door, Diary diary) : IAsyncDisposable
{
    /// <summary>Of every product, when the shop opens for the first time.</summary>
    public const int OpeningStock = 1_000_000;

    private const string Kill = "house: kill -9";
    private const string Stop = "house: orderly stop and start";
    private const string Lock = "house: database locked";
    private const string Point = "house: killed at ";

    /// <summary>Longer than a fail point takes to be passed while all is well; the broker may be away meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Deck<string> _deck = new(seed, [Kill, Stop, Lock, .. FailPoint.All.Select(p => Point + p)]);
    private readonly ShopData _data = new(folder);
    private readonly Uri _address = ShopProcess.FreeAddress();
    private ShopProcess? _shop;
    private int _lives;

    /// <summary>From "it answers" to "what the life before left in the outbox is published", the longest while the broker was well.</summary>
    public TimeSpan LongestCatchUp { get; private set; }

    /// <summary>How many such times were taken.</summary>
    public int CatchUps { get; private set; }

    /// <summary>Whether the broker is well at the moment, and how often it has been harmed so far.</summary>
    public Func<(bool IsWell, int Harms)> Broker { get; set; } = () => (true, 0);

    /// <summary>Lives of the shop, one after the other, until told to stop; the last is left running, without a fail point.</summary>
    public async Task RunAsync(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            List<string> plan = [_deck.Draw()];
            while (plan[^1] == Lock)
            {
                plan.Add(_deck.Draw());
            }

            await LiveAsync(plan);
        }

        await OpenAsync(null);
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task LiveAsync(IReadOnlyList<string> plan)
    {
        var end = plan[^1];
        await OpenAsync(end.StartsWith(Point, StringComparison.Ordinal) ? $"{end[Point.Length..]}:{_deck.Chance.Next(1, 30)}" : null);
        foreach (var _ in plan.SkipLast(1))
        {
            await Task.Delay(_deck.Between(0.3, 1.5));
            await HoldLockAsync(_deck.Between(1, 5));
        }

        if (end.StartsWith(Point, StringComparison.Ordinal) && await Task.WhenAny(_shop!.Ended, Task.Delay(Patience)) == _shop.Ended)
        {
            diary.Made(end);
        }
        else if (end == Stop)
        {
            await Task.Delay(_deck.Between(0.5, 3));
            door.Closes();
            diary.Made(Stop);
            var code = await _shop!.StopAsync(CancellationToken.None);
            diary.Note($"the shop ended with {code}");
        }
        else
        {
            // Also when a fail point was not passed in time.
            await Task.Delay(_deck.Between(0.2, 2));
            diary.Made(Kill);
            await _shop!.KillAsync();
        }
    }

    private async Task OpenAsync(string? failPoint)
    {
        await CloseAsync();
        _lives++;
        var left = _lives == 1 ? 0 : await LeftAsync();
        diary.Note($"life {_lives} begins{(failPoint is null ? "" : $", to end at {failPoint}")}; {left} is the last row left in the outbox");
        try
        {
            _shop = await ShopProcess.StartAsync(folder, broker, failPoint, CancellationToken.None, [("Urls", _address.ToString()), .. Settings]);
        }
        catch (InvalidOperationException e) when (failPoint is not null)
        {
            // What was left may carry it past its fail point before it answers for the first time.
            diary.Note($"life {_lives} ended while it began: {e.Message[..Math.Min(200, e.Message.Length)]}");
            diary.Made(Point + failPoint.Split(':')[0]);
            await OpenAsync(null);
            return;
        }

        var live = Stopwatch.StartNew();
        _shop.LogFile = Path.Combine(folder, $"life-{_lives:0000}.log");
        door.Opens(_address, _shop.Ended);
        if (left > 0)
        {
            await CatchUpAsync(left, live);
        }
    }

    private static (string, string)[] Settings { get; } =
    [
        ("Catalog:OpeningStock", $"{OpeningStock}"), ("Messaging:RetryDelays", "200 ms, 400 ms, 800 ms, 1 s"), ("Messaging:SweepAfter", "5 s"),
        ("Simulation:TimeScale", "0.05"), ("Departments:Sales:FailureRate", "0.05"), ("Departments:Packing:FailureRate", "0.05"),
    ];

    private async Task CatchUpAsync(long left, Stopwatch live)
    {
        var (isWell, harms) = Broker();
        await using var db = _data.OpenDatabase();
        try
        {
            await Watching.UntilAsync("what was left in the outbox is published", async () => _shop!.Ended.IsCompleted || !await db.Outbox.AnyAsync(r => r.Id <= left),
                TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
        catch (TimeoutException) when (!isWell || Broker() != (true, harms))
        {
            return;
        }
        catch (TimeoutException)
        {
            diary.Note($"life {_lives} has not caught up within 5 s, and the broker is well");
        }

        if (isWell && Broker() == (true, harms) && !_shop!.Ended.IsCompleted)
        {
            CatchUps++;
            LongestCatchUp = live.Elapsed > LongestCatchUp ? live.Elapsed : LongestCatchUp;
            diary.Note($"life {_lives} caught up in {live.Elapsed.TotalSeconds:0.00} s");
        }
    }

    private async Task<long> LeftAsync()
    {
        await using var db = _data.OpenDatabase();
        var now = DateTimeOffset.UtcNow;
        return await db.Outbox.Where(r => r.NotBefore <= now).MaxAsync(r => (long?)r.Id) ?? 0;
    }

    private async Task HoldLockAsync(TimeSpan length)
    {
        try
        {
            await using var held = await _data.HoldLockAsync(CancellationToken.None);
            diary.Made(Lock);
            await Task.WhenAny(Task.Delay(length), _shop!.Ended);
        }
        catch (DbException e)
        {
            diary.Note($"the lock was not to be had: {e.Message}");
        }
    }

    private async Task CloseAsync()
    {
        if (_shop is null)
        {
            return;
        }

        door.Closes();
        await _shop.DisposeAsync();
        _shop = null;
    }
}
