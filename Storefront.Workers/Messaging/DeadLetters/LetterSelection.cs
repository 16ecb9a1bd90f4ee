namespace Storefront.Messaging.DeadLetters;

/// <summary>Which dead letters are meant: one, those of one cause at one queue, or all.</summary>
public abstract record LetterSelection
{
    private LetterSelection()
    {
    }

    /// <summary>All there are.</summary>
    public static LetterSelection All { get; } = new Everything();

    /// <summary>Those of them that are meant.</summary>
    internal abstract IQueryable<DeadLetter> Among(IQueryable<DeadLetter> letters);

    /// <summary>One letter.</summary>
    public sealed record One(long Id) : LetterSelection
    {
        internal override IQueryable<DeadLetter> Among(IQueryable<DeadLetter> letters) => letters.Where(l => l.Id == Id);
    }

    /// <summary>The letters of one cause at one queue; <paramref name="Exchange"/> as in <see cref="DeadLetter.Exchange"/>.</summary>
    public sealed record Alike(string Queue, string Exchange, string Cause) : LetterSelection
    {
        internal override IQueryable<DeadLetter> Among(IQueryable<DeadLetter> letters) =>
            letters.Where(l => l.Queue == Queue && l.Cause == Cause && l.Exchange == Exchange);
    }

    private sealed record Everything : LetterSelection
    {
        internal override IQueryable<DeadLetter> Among(IQueryable<DeadLetter> letters) => letters;
    }
}
