using Microsoft.Extensions.Time.Testing;
using Storefront.Messaging.Outbox;

namespace Storefront.Tests.Messaging;

/// <summary>A ring is never lost, whenever it comes; several are heard as one.</summary>
public sealed class The_outbox_bell
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly OutboxBell _bell = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rung_while_nobody_waits_is_heard_at_the_next_wait()
    {
        _bell.Ring();
        await Soon(_bell.WaitAsync(Long, _clock, Cancellation));
    }

    [Fact]
    public async Task Rung_often_is_heard_once()
    {
        _bell.Ring();
        _bell.Ring();
        await Soon(_bell.WaitAsync(Long, _clock, Cancellation));

        _bell.WaitAsync(Long, _clock, Cancellation).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Not_rung_lets_go_after_the_longest_wait_and_no_ring_is_spent_on_it()
    {
        var waiting = _bell.WaitAsync(Long, _clock, Cancellation);
        waiting.IsCompleted.ShouldBeFalse();
        _clock.Advance(Long);
        await Soon(waiting);

        _bell.Ring();
        await Soon(_bell.WaitAsync(Long, _clock, Cancellation));
    }

    [Fact]
    public async Task Rung_between_looking_and_waiting_any_number_of_times_leaves_nothing_unseen()
    {
        // The relay's way of life: drain, then wait. Were one ring lost, it would wait for an hour.
        const int Letters = 20_000;
        var (written, seen) = (0, 0);
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < Letters; i++)
            {
                Interlocked.Increment(ref written);
                _bell.Ring();
            }
        }, Cancellation);
        var relaying = Task.Run(async () =>
        {
            while ((seen = Volatile.Read(ref written)) < Letters)
            {
                await _bell.WaitAsync(Long, _clock, Cancellation);
            }
        }, Cancellation);

        await Soon(Task.WhenAll(writing, relaying));
        seen.ShouldBe(Letters);
    }

    private static Task Soon(Task task) => task.WaitAsync(Watching.Bound, Cancellation);
}
