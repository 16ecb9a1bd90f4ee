using Microsoft.EntityFrameworkCore;
using Storefront.Messaging.DeadLetters;
using Storefront.Tests.BackOffice;

namespace Storefront.Tests.Messaging;

/// <summary>Dead letters as tests need them.</summary>
internal static class Letters
{
    public const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static DeadLetter Letter(string reason = "no answer", string queue = "shop.sales", string exchange = "", string? messageId = "m-1", string headers = "{}", long? replayOf = null, int hour = 11) => new()
    {
        At = new DateTimeOffset(2026, 11, 23, hour, 0, 0, TimeSpan.Zero), Queue = queue, Exchange = exchange, MessageId = messageId, Type = "order.accepted.v1", CorrelationId = "7Q4M-X0ZB-K2TD",
        Body = "{}"u8.ToArray(), Headers = headers, Reason = reason, Cause = DeadLetterBox.CauseOf(reason), Attempts = 5, ReplayOf = replayOf,
    };

    /// <summary>Letters die, in this order.</summary>
    /// <returns>Their ids.</returns>
    public static async Task<IReadOnlyList<long>> DieAsync(this OfficeDesk desk, params DeadLetter[] letters)
    {
        await desk.WriteAsync(db =>
        {
            db.DeadLetters.AddRange(letters);
            return Task.CompletedTask;
        });
        return [.. letters.Select(l => l.Id)];
    }

    /// <summary>The ids of the letters in a state.</summary>
    public static async Task<IReadOnlyList<long>> InAsync(this OfficeDesk desk, DeadLetterState state)
    {
        await using var db = await desk.Contexts.CreateDbContextAsync(Cancellation);
        return await db.DeadLetters.Where(l => l.State == state).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync(Cancellation);
    }
}
