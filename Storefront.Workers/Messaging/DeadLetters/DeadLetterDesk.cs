using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Storefront.Auditing;
using Storefront.Data;
using Storefront.Messaging.Outbox;

namespace Storefront.Messaging.DeadLetters;

/// <summary>
/// Where somebody decides about dead letters: back to their queue, or away with a reason. Each decision is written down with who and when,
/// in the commit that carries it out. Of several people deciding about a letter at once, one does; the others' counts leave it out.
/// </summary>
public sealed partial class DeadLetterDesk(
    IDbContextFactory<StoreDb> contexts, StoreWrites writes, OutboxWriter outbox, AuditLog audit, TimeProvider time, ILogger<DeadLetterDesk> log)
{
    /// <summary>Characters a reason may have.</summary>
    public const int MaxReason = 500;

    /// <summary>Characters a name may have.</summary>
    public const int MaxBy = 100;

    /// <summary>What a replay is called where it is written down who did what.</summary>
    public const string ReplayAction = "letter.replay";

    /// <summary>What a discard is called there.</summary>
    public const string DiscardAction = "letter.discard";

    /// <summary>What a letter is called there.</summary>
    public static string SubjectOf(long letter) => $"letter {letter}";

    /// <summary>
    /// Sends the waiting letters of a selection again, each to the queue whose consumer gave it up and to nobody else
    /// (or to the exchange that the broker would not take it for). Those that die meanwhile are not among them.
    /// </summary>
    /// <returns>How many were sent on their way.</returns>
    /// <exception cref="ArgumentException"><paramref name="by"/> is no name.</exception>
    /// <exception cref="System.Data.Common.DbException">The database refused; what was done up to then stands.</exception>
    public async Task<int> ReplayAsync(LetterSelection selection, string by, CancellationToken cancellationToken)
    {
        var decision = new LetterDecision(DeadLetterState.Replayed, Name(by), null);
        var replayed = await ActAsync(selection, decision, cancellationToken);
        Log.Replayed(log, decision.By, replayed);
        return replayed;
    }

    /// <summary>Puts the waiting letters of a selection away for good.</summary>
    /// <returns>How many were put away.</returns>
    /// <exception cref="ArgumentException"><paramref name="by"/> is no name, or <paramref name="reason"/> no reason.</exception>
    /// <exception cref="System.Data.Common.DbException">The database refused; what was done up to then stands.</exception>
    public async Task<int> DiscardAsync(LetterSelection selection, string by, string reason, CancellationToken cancellationToken)
    {
        if (FaultOfReason(reason) is { } fault)
        {
            throw new ArgumentException(fault, nameof(reason));
        }

        var decision = new LetterDecision(DeadLetterState.Discarded, Name(by), reason.Trim());
        var discarded = await ActAsync(selection, decision, cancellationToken);
        Log.Discarded(log, decision.By, discarded, decision.Reason);
        return discarded;
    }

    /// <summary>What is wrong with a reason for discarding; null when nothing is.</summary>
    public static string? FaultOfReason(string? reason) => reason?.Trim().Length switch
    {
        null or 0 => $"A reason is needed: 1 to {MaxReason} characters that say why nobody will miss it.",
        > MaxReason and var length => $"The reason must have at most {MaxReason} characters; it has {length}.",
        _ => null,
    };

    /// <summary>What is wrong with the name of who decides; null when nothing is.</summary>
    public static string? FaultOfName(string? by) => by?.Trim().Length is > 0 and <= MaxBy ? null : $"The name of who decides must have 1 to {MaxBy} characters.";

    private static string Name(string by) => FaultOfName(by) is { } fault ? throw new ArgumentException(fault, nameof(by)) : by.Trim();

    /// <summary>Batch by batch, so that orders get their turn between them.</summary>
    private async Task<int> ActAsync(LetterSelection selection, LetterDecision decision, CancellationToken cancellationToken)
    {
        var acted = 0;
        foreach (var batch in LetterBatch.Of(await WaitingAsync(selection, cancellationToken)))
        {
            acted += await writes.RunAsync((db, ct) => ActAsync(db, batch, decision, ct), cancellationToken);
        }

        return acted;
    }

    /// <summary>Read once at the beginning: a replayed letter that dies again at once must not be replayed for ever.</summary>
    private async Task<List<LetterSize>> WaitingAsync(LetterSelection selection, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await selection.Among(db.DeadLetters).Where(l => l.State == DeadLetterState.Waiting).OrderBy(l => l.Id)
            .Select(l => new LetterSize(l.Id, l.Body.Length)).ToListAsync(cancellationToken);
    }

    private async Task<int> ActAsync(StoreDb db, IReadOnlyList<long> batch, LetterDecision decision, CancellationToken cancellationToken)
    {
        var mine = await TakeAsync(db, batch, decision.To, cancellationToken);
        if (decision.To == DeadLetterState.Replayed)
        {
            var letters = await db.DeadLetters.AsNoTracking().Where(l => mine.Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(cancellationToken);
            letters.ForEach(letter => outbox.Add(db, Replay.Of(letter)));
        }

        if (mine.Count > 0)
        {
            audit.Add(db, decision.By, decision.To == DeadLetterState.Replayed ? ReplayAction : DiscardAction,
                mine.Count == 1 ? SubjectOf(mine[0]) : "letters", DetailOf(mine, decision.Reason));
        }

        var now = time.GetUtcNow();
        db.DeadLetterActions.AddRange(mine.Select(id => new DeadLetterAction { LetterId = id, At = now, By = decision.By, To = decision.To, Reason = decision.Reason }));
        await db.SaveChangesAsync(cancellationToken);
        return mine.Count;
    }

    /// <summary>One entry for all letters of a commit; what was decided about each of them is in <see cref="StoreDb.DeadLetterActions"/>.</summary>
    private static string? DetailOf(List<long> letters, string? reason) => letters.Count == 1 ? reason
        : $"{letters.Count} letters, of the numbers {letters.Min()} to {letters.Max()}{(reason is null ? "" : $": {reason}")}";

    /// <summary>Of the batch those that still wait; from now on they are nobody else's.</summary>
    private static Task<List<long>> TakeAsync(StoreDb db, IReadOnlyList<long> batch, DeadLetterState to, CancellationToken cancellationToken)
    {
        // EF's own ExecuteUpdate says how many rows it changed, but not which.
        var places = string.Join(',', Enumerable.Range(2, batch.Count).Select(i => $"{{{i}}}"));
        var update = $$"""UPDATE dead_letters SET state = {0} WHERE state = {1} AND id IN ({{places}}) RETURNING id AS "Value" """;
        return db.Database.SqlQuery<long>(FormattableStringFactory.Create(update, [Stored(to), Stored(DeadLetterState.Waiting), .. batch])).ToListAsync(cancellationToken);
    }

    private static string Stored(DeadLetterState state) => new LowerCase<DeadLetterState>().ConvertToProviderTyped(state);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{By} replayed {Count} dead letters")]
        public static partial void Replayed(ILogger log, string by, int count);

        [LoggerMessage(Level = LogLevel.Information, Message = "{By} discarded {Count} dead letters: {Reason}")]
        public static partial void Discarded(ILogger log, string by, int count, string? reason);
    }
}
