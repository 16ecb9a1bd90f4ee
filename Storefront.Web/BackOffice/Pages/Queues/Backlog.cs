using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Queues;

/// <summary>Messages that are kept back until their time: further attempts, and what the broker refused.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Later">How many they are.</param>
/// <param name="Next">Those whose time comes first.</param>
public sealed record BacklogView(DateTimeOffset At, Capped Later, IReadOnlyList<KeptBack> Next);

/// <summary>One message that is kept back.</summary>
/// <param name="Id">Its row in the outbox.</param>
/// <param name="Order">The order it is about.</param>
/// <param name="Queue">The queue it goes to, or its topic.</param>
/// <param name="Attempt">Which attempt it asks for; null: it is none, the broker has refused it.</param>
/// <param name="DueAt">When it goes out.</param>
public sealed record KeptBack(long Id, string Order, string Queue, int? Attempt, DateTimeOffset DueAt);

/// <summary>Reads what the outbox keeps back, along the index over the times.</summary>
public sealed class Backlog(IDbContextFactory<StoreDb> contexts, TimeProvider time)
{
    /// <summary>How many are named.</summary>
    public const int Named = 10;

    public async Task<BacklogView> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var later = db.Outbox.AsNoTracking().Where(r => r.NotBefore > now).OrderBy(r => r.NotBefore);
        var rows = await later.Take(Named).Select(r => new { r.Id, r.CorrelationId, r.RoutingKey, r.MessageId, r.NotBefore }).ToListAsync(cancellationToken);
        return new(now, await later.CountCappedAsync(cancellationToken),
            [.. rows.Select(r => new KeptBack(r.Id, r.CorrelationId, r.RoutingKey, RetryId.NextIn(r.MessageId), r.NotBefore))]);
    }
}
