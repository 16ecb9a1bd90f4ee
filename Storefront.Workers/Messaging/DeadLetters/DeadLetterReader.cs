using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Messaging.DeadLetters;

/// <summary>Letters of one cause at one queue. <paramref name="First"/>, the oldest of them, stands for the group: its id leads back to it.</summary>
public sealed record LetterGroup(string Queue, string Exchange, string Cause, int Count, DateTimeOffset Oldest, DateTimeOffset Newest, long First)
{
    public LetterSelection.Alike Selection => new(Queue, Exchange, Cause);
}

/// <summary>A dead letter as a row of a list; without its body, which may be large.</summary>
public sealed record ListedLetter(long Id, DateTimeOffset At, string Queue, string? Type, string? CorrelationId, string Reason, int Attempts);

/// <summary>A screenful of dead letters, the newest first.</summary>
public sealed record LetterSlice(IReadOnlyList<ListedLetter> Rows, bool HasOlder);

/// <summary>A dead letter with everything that is known of it. <paramref name="Body"/> holds as many of its first bytes as were asked for.</summary>
public sealed record OpenedLetter(
    long Id, DateTimeOffset At, DeadLetterState State, string Queue, string Exchange, string? MessageId, string? Type, string? CorrelationId, byte[] Body, int BodyLength,
    string Headers, string Reason, string Cause, string? Detail, int Attempts, long? ReplayOf)
{
    /// <summary>Those of the same cause at the same queue.</summary>
    public LetterSelection.Alike Alike => new(Queue, Exchange, Cause);
}

/// <summary>Reads dead letters: by cause, one after the other, or one with all that is known of it.</summary>
public sealed class DeadLetterReader(IDbContextFactory<StoreDb> contexts)
{
    public const int SliceSize = 30;

    /// <summary>The letters in one state by queue and cause, the largest group first.</summary>
    public async Task<IReadOnlyList<LetterGroup>> GroupsAsync(DeadLetterState state, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var groups = await db.DeadLetters.Where(l => l.State == state).GroupBy(l => new { l.Queue, l.Exchange, l.Cause })
            .Select(g => new { g.Key, Count = g.Count(), Oldest = g.Min(l => l.At), Newest = g.Max(l => l.At), First = g.Min(l => l.Id) })
            .OrderByDescending(g => g.Count).ThenBy(g => g.First).ToListAsync(cancellationToken);
        return [.. groups.Select(g => new LetterGroup(g.Key.Queue, g.Key.Exchange, g.Key.Cause, g.Count, g.Oldest, g.Newest, g.First))];
    }

    /// <summary>How many letters of a selection are in a state.</summary>
    public async Task<int> CountAsync(LetterSelection selection, DeadLetterState state, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await selection.Among(db.DeadLetters).CountAsync(l => l.State == state, cancellationToken);
    }

    /// <summary>The newest letters of a selection in one state, or those older than the letter <paramref name="before"/>.</summary>
    public async Task<LetterSlice> ReadAsync(LetterSelection selection, DeadLetterState state, long? before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await selection.Among(db.DeadLetters).Where(l => l.State == state && (before == null || l.Id < before)).OrderByDescending(l => l.Id).Take(SliceSize + 1)
            .Select(l => new ListedLetter(l.Id, l.At, l.Queue, l.Type, l.CorrelationId, l.Reason, l.Attempts)).ToListAsync(cancellationToken);
        return new([.. rows.Take(SliceSize)], rows.Count > SliceSize);
    }

    /// <summary>One letter with at most <paramref name="mostBytes"/> of its body; null when there is none of that id.</summary>
    public async Task<OpenedLetter?> FindAsync(long id, int mostBytes, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var letter = await db.DeadLetters.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        return letter is null ? null : new(
            letter.Id, letter.At, letter.State, letter.Queue, letter.Exchange, letter.MessageId, letter.Type, letter.CorrelationId,
            letter.Body.Length > mostBytes ? letter.Body[..mostBytes] : letter.Body, letter.Body.Length,
            letter.Headers, letter.Reason, letter.Cause, letter.Detail, letter.Attempts, letter.ReplayOf);
    }
}
