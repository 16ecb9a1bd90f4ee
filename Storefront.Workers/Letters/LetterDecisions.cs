using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;

namespace Storefront.Letters;

/// <summary>Replays and discards from the command line, and says what came of it. Each answer is null, or what was wrong.</summary>
internal sealed class LetterDecisions(DeadLetterDesk desk, DeadLetterReader letters, LetterHistory history, RemoteBell bell, TextWriter output)
{
    public async Task<string?> ReplayAsync(Which which, string by, CancellationToken cancellationToken)
    {
        var (selection, fault) = await FindAsync(which, cancellationToken);
        if (selection is null)
        {
            return fault;
        }

        var replayed = await desk.ReplayAsync(selection, by, cancellationToken);
        await output.WriteLineAsync($"{LetterWords.Count(replayed)} replayed.");
        if (replayed > 0)
        {
            await output.WriteLineAsync(await bell.RingAsync(cancellationToken) is { } unheard
                ? $"The shop was not told ({unheard}): it finds them within 30 s, or when it starts."
                : "The shop sends them now.");
        }

        return null;
    }

    public async Task<string?> DiscardAsync(Which which, string by, string reason, CancellationToken cancellationToken)
    {
        var (selection, fault) = await FindAsync(which, cancellationToken);
        if (selection is null)
        {
            return fault;
        }

        await output.WriteLineAsync($"{LetterWords.Count(await desk.DiscardAsync(selection, by, reason, cancellationToken))} discarded.");
        return null;
    }

    private async Task<(LetterSelection? Selection, string? Fault)> FindAsync(Which which, CancellationToken cancellationToken)
    {
        if ((which.Id ?? which.GroupOf) is not { } id)
        {
            return (LetterSelection.All, null);
        }

        if (await letters.FindAsync(id, 0, cancellationToken) is not { } letter)
        {
            return (null, LetterWords.NotThere(id));
        }

        if (which.Id is null)
        {
            return (letter.Alike, null);
        }

        if (letter.State == DeadLetterState.Waiting)
        {
            return (new LetterSelection.One(id), null);
        }

        var decided = (await history.ReadAsync(id, cancellationToken)).Last(s => s.LetterId == id);
        return (null, $"dead letter {id} has been {LetterWords.Of(letter.State)} already, by {decided.By} at {LetterWords.Time(decided.At)}.");
    }
}
