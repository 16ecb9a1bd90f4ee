using Storefront.Messaging.DeadLetters;

namespace Storefront.Letters;

/// <summary>Prints dead letters: tables whose columns stay, times in UTC. Each answer is null, or what was wrong.</summary>
internal sealed class LetterPrint(DeadLetterReader letters, LetterHistory history, TextWriter output)
{
    private const int Margin = 12;

    /// <summary>The groups in a state; or the letters of the group that letter <paramref name="groupOf"/> belongs to.</summary>
    public async Task<string?> ListAsync(long? groupOf, DeadLetterState state, CancellationToken cancellationToken)
    {
        if (groupOf is not { } id)
        {
            var groups = await letters.GroupsAsync(state, cancellationToken);
            await TableAsync(state, ["GROUP", "COUNT", "OLDEST", "NEWEST", "QUEUE", "CAUSE"], [.. groups.Select(g => new[]
            {
                g.First.ToString(), g.Count.ToString(), LetterWords.Time(g.Oldest), LetterWords.Time(g.Newest), LetterWords.Address(g.Queue, g.Exchange), LetterWords.Plain(g.Cause),
            })]);
            return null;
        }

        if (await letters.FindAsync(id, 0, cancellationToken) is not { } letter)
        {
            return LetterWords.NotThere(id);
        }

        var rows = new List<string[]>();
        for (LetterSlice? slice = null; slice is null || slice.HasOlder;)
        {
            slice = await letters.ReadAsync(letter.Alike, state, slice?.Rows[^1].Id, cancellationToken);
            rows.AddRange(slice.Rows.Select(l => new[]
            {
                l.Id.ToString(), LetterWords.Time(l.At), l.Attempts.ToString(), LetterWords.Plain(l.Type), LetterWords.Plain(l.CorrelationId), LetterWords.Plain(l.Reason),
            }));
        }

        await TableAsync(state, ["ID", "DIED", "ATTEMPTS", "TYPE", "ORDER", "REASON"], rows);
        return null;
    }

    /// <summary>Everything that is known of a letter.</summary>
    public async Task<string?> ShowAsync(long id, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(id, int.MaxValue, cancellationToken) is not { } letter)
        {
            return LetterWords.NotThere(id);
        }

        (string Name, string? Value)[] facts =
        [
            ("Letter", letter.Id.ToString()), ("State", LetterWords.Of(letter.State)), ("Queue", LetterWords.Address(letter.Queue, letter.Exchange)), ("Died", LetterWords.Time(letter.At)),
            ("Attempts", letter.Attempts.ToString()), ("Type", letter.Type), ("Message id", letter.MessageId), ("Order", letter.CorrelationId), ("Reason", letter.Reason),
        ];
        foreach (var (name, value) in facts)
        {
            await output.WriteLineAsync($"{name,-Margin}{LetterWords.Plain(value)}");
        }

        await PartAsync("History", string.Join(Environment.NewLine, (await history.ReadAsync(id, cancellationToken)).Select(Told)));
        var isText = BodyText.TryRead(letter.Body, isCut: false, out var body);
        await PartAsync($"Body, {letter.BodyLength} bytes{(isText ? "" : ", not UTF-8 text")}", body);
        await PartAsync("Headers", BodyText.Indent(letter.Headers));
        if (letter.Detail is not null)
        {
            await PartAsync("Exception", string.Concat(letter.Detail.Select(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') ? ' ' : c)));
        }

        return null;
    }

    private static string Told(LetterStep step) =>
        $"{LetterWords.Time(step.At)}  letter {step.LetterId} {(step.To == DeadLetterState.Waiting ? "died" : LetterWords.Of(step.To))}"
        + (step.By is null ? "" : $" by {LetterWords.Plain(step.By)}") + (step.Reason is null ? "" : $": {LetterWords.Plain(step.Reason)}");

    private async Task PartAsync(string title, string text)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync($"{title}:");
        await output.WriteLineAsync(text.TrimEnd());
    }

    /// <summary>Columns as wide as what they hold, but for the last, which goes on as long as it likes.</summary>
    private async Task TableAsync(DeadLetterState state, string[] heads, List<string[]> rows)
    {
        if (rows.Count == 0)
        {
            await output.WriteLineAsync($"No letters are {LetterWords.Of(state)}.");
            return;
        }

        var widths = heads.Select((head, i) => i == heads.Length - 1 ? 0 : Math.Max(head.Length, rows.Max(r => r[i].Length))).ToArray();
        foreach (var row in rows.Prepend(heads))
        {
            await output.WriteLineAsync(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))));
        }
    }
}
