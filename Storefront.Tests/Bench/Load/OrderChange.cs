using System.Text.Json;

namespace Storefront.Tests.Bench.Load;

/// <summary>When an order was changed, as it says itself: the shop takes the time just before it commits, on this machine's clock.</summary>
internal static class OrderChange
{
    private static readonly string[] Times = ["queued_at", "started_at", "finished_at"];

    /// <summary>The times of all changes of a snapshot (<c>GET /order</c>, or the hub's), each once, in order.</summary>
    public static IReadOnlyList<DateTimeOffset> AllIn(JsonElement snapshot) =>
    [
        .. snapshot.GetProperty("tasks").EnumerateArray().SelectMany(task => Times.Select(task.GetProperty))
            .Concat(snapshot.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("at")))
            .Where(time => time.ValueKind == JsonValueKind.String).Select(time => time.GetDateTimeOffset()).Distinct().Order(),
    ];

    /// <summary>The time of the newest change.</summary>
    public static DateTimeOffset NewestIn(JsonElement snapshot) => AllIn(snapshot)[^1];
}
