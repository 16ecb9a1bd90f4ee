using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Messaging.DeadLetters;

/// <summary>A step in the life of a message that died: it came to a state, by somebody (null: it died by itself), for a reason.</summary>
public sealed record LetterStep(long LetterId, DateTimeOffset At, DeadLetterState To, string? By, string? Reason);

/// <summary>
/// Tells the whole story of a letter: a replay that dies again is a new letter, so what happened to the earlier ones and to the later ones belongs to it.
/// </summary>
public sealed class LetterHistory(IDbContextFactory<StoreDb> contexts)
{
    /// <summary>The steps in the order in which they happened; empty when there is no such letter.</summary>
    public async Task<IReadOnlyList<LetterStep>> ReadAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var chain = await ChainAsync(db, await FirstAsync(db, id, cancellationToken), cancellationToken);
        var deaths = await db.DeadLetters.Where(l => chain.Contains(l.Id))
            .Select(l => new LetterStep(l.Id, l.At, DeadLetterState.Waiting, null, l.Reason)).ToListAsync(cancellationToken);
        var decisions = await db.DeadLetterActions.Where(a => chain.Contains(a.LetterId)).OrderBy(a => a.Id)
            .Select(a => new LetterStep(a.LetterId, a.At, a.To, a.By, a.Reason)).ToListAsync(cancellationToken);
        // A replay may die within the same tick: a letter's death comes before what was decided about it, and after what was decided about its forerunner.
        return [.. deaths.Concat(decisions).OrderBy(s => s.At).ThenBy(s => s.LetterId)];
    }

    private static async Task<long> FirstAsync(StoreDb db, long id, CancellationToken cancellationToken)
    {
        while (await db.DeadLetters.Where(l => l.Id == id).Select(l => l.ReplayOf).SingleOrDefaultAsync(cancellationToken) is { } earlier && earlier < id)
        {
            id = earlier;
        }

        return id;
    }

    /// <summary>The letter and all that came of its replays.</summary>
    private static async Task<List<long>> ChainAsync(StoreDb db, long first, CancellationToken cancellationToken)
    {
        List<long> chain = [first];
        for (List<long> newest = [first]; newest.Count > 0;)
        {
            var eldest = newest.Min();
            newest = await db.DeadLetters.Where(l => l.Id > eldest && l.ReplayOf != null && newest.Contains(l.ReplayOf.Value)).Select(l => l.Id).ToListAsync(cancellationToken);
            chain.AddRange(newest);
        }

        return chain;
    }
}
