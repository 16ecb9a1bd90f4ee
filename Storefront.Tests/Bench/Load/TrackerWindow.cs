using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Storefront.Tests.Browser;

namespace Storefront.Tests.Bench.Load;

/// <summary>One open page of the tracker in a headless Chromium, which notes when something changes on it.</summary>
internal sealed class TrackerWindow(Uri shop) : IAsyncDisposable
{
    private const string Watch = """
        () => {
          window.seen = [];
          const page = document.querySelector('[data-following]');
          new MutationObserver(() => window.seen.push(performance.timeOrigin + performance.now())).observe(page, { subtree: true, childList: true, characterData: true, attributes: true });
        }
        """;

    /// <summary>Seldom enough not to be a load beside what is measured.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Chromium _chromium = new();

    /// <summary>Opens the page of one order after the other, each until it is complete, for so long.</summary>
    /// <param name="next">The order to look at next.</param>
    /// <param name="length">How long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>From each change to the next change of the page.</returns>
    /// <exception cref="InvalidOperationException">Chromium is not installed; says how to get it.</exception>
    public async Task<IReadOnlyList<TimeSpan>> WatchAsync(Func<string> next, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var visitor = await _chromium.VisitAsync(shop);
        using var client = new HttpClient { BaseAddress = shop };
        var (delays, watch) = (new List<TimeSpan>(), Stopwatch.StartNew());
        while (watch.Elapsed < length)
        {
            var order = next();
            await visitor.GoAsync($"/track/{order}");
            if (!await FollowsAsync(visitor))
            {
                continue;
            }

            await visitor.Page.EvaluateAsync(Watch);
            var from = DateTimeOffset.UtcNow;
            var snapshot = await CompleteAsync(client, order, length - watch.Elapsed, cancellationToken);
            var seen = await visitor.Page.EvaluateAsync<double[]>("() => window.seen");
            delays.AddRange(DelaysOf(OrderChange.AllIn(snapshot).Where(t => t > from), [.. seen.Select(DateTimeOffset.UnixEpoch.AddMilliseconds)]));
        }

        return delays;
    }

    /// <summary>The order once it is complete, or as far as it has come when the time is up.</summary>
    private static async Task<JsonElement> CompleteAsync(HttpClient client, string order, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync();
        try
        {
            await Watching.UntilAsync($"order {order} is complete", IsCompleteAsync, atMost > LookEvery ? atMost : LookEvery, LookEvery, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What it has come to by then counts.
        }

        return snapshot;

        async Task<bool> IsCompleteAsync() => (snapshot = await ReadAsync()).GetProperty("completed_at").ValueKind != JsonValueKind.Null;

        async Task<JsonElement> ReadAsync() =>
            JsonDocument.Parse(await client.GetStringAsync(new Uri($"/order/{order}", UriKind.Relative), cancellationToken)).RootElement;
    }

    /// <summary>Whether the page follows its order: one that is complete already does not.</summary>
    private static async Task<bool> FollowsAsync(Visitor visitor)
    {
        try
        {
            await visitor.Page.Locator("[data-following][data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 5000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>From each change to the first moment after it at which the page changed; a change that the page has not shown yet is left out.</summary>
    internal static IEnumerable<TimeSpan> DelaysOf(IEnumerable<DateTimeOffset> changes, IReadOnlyList<DateTimeOffset> seen) =>
        changes.Select(change => (Change: change, Shown: seen.FirstOrDefault(s => s >= change))).Where(p => p.Shown != default).Select(p => p.Shown - p.Change);

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();
}
