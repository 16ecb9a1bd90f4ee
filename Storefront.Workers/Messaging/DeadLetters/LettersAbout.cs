using Storefront.Data;

namespace Storefront.Messaging.DeadLetters;

/// <summary>What somebody decided about letters.</summary>
internal sealed record LetterDecision(DeadLetterState To, string By, string? Reason);

/// <summary>The dead letters about one thing at one queue, decided about in the commit that does what they ask for.</summary>
internal static class LettersAbout
{
    /// <summary>Decides about those that still wait; from then on they are nobody else's.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="correlationId">What they are about.</param>
    /// <param name="queue">The queue whose consumer gave them up.</param>
    /// <param name="isMeant">Whether letters of this message type are.</param>
    /// <param name="decision">What is decided, by whom and why.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Their ids, the newest first.</returns>
    public static async Task<IReadOnlyList<long>> TakeAsync(
        StoreDb db, string correlationId, string queue, Func<string?, bool> isMeant, LetterDecision decision, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await db.Sql("SELECT id, type FROM dead_letters WHERE state = 'waiting' AND correlation_id = @about AND queue = @queue AND exchange = ''",
            ("@about", correlationId), ("@queue", queue)).ListAsync(row => (Id: row.Number(0), Type: row.TextOrNull(1)), cancellationToken);
        var (mine, to) = (new List<long>(), new LowerCase<DeadLetterState>().ConvertToProviderTyped(decision.To));
        foreach (var letter in waiting.Where(l => isMeant(l.Type)).OrderByDescending(l => l.Id))
        {
            if (await db.Sql("UPDATE dead_letters SET state = @to WHERE id = @id AND state = 'waiting'", ("@to", to), ("@id", letter.Id)).RunAsync(cancellationToken) > 0)
            {
                mine.Add(letter.Id);
            }
        }

        db.DeadLetterActions.AddRange(mine.Select(id => new DeadLetterAction { LetterId = id, At = now, By = decision.By, To = decision.To, Reason = decision.Reason }));
        return mine;
    }
}
