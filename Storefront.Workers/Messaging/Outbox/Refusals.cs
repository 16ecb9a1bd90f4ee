namespace Storefront.Messaging.Outbox;

/// <summary>
/// Counts how often the broker refused each row. One that it hands back (no queue takes it) is given up after <see cref="MostReturns"/> times;
/// one that it would not take (it is overloaded, or the account may not write) never: that passes, and is none of the message's doing.
/// </summary>
internal sealed class Refusals
{
    public const int MostReturns = 5;

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);

    private readonly Dictionary<long, (int Returns, int Others)> _counts = [];

    /// <summary>Rows that were refused last time.</summary>
    public int Rows => _counts.Count;

    /// <summary>Counts a refusal and says how long the row rests: a second, then twice as long each time; null: it is to be given up.</summary>
    public TimeSpan? Add(long row, bool isReturn)
    {
        var (returns, others) = _counts.GetValueOrDefault(row);
        (returns, others) = isReturn ? (returns + 1, others) : (returns, others + 1);
        _counts[row] = (returns, others);
        return isReturn && returns >= MostReturns ? null
            : TimeSpan.FromSeconds(Math.Min(FirstRest.TotalSeconds * Math.Pow(2, returns + others - 1), LongestRest.TotalSeconds));
    }

    /// <summary>These rows are gone.</summary>
    public void Forget(IEnumerable<long> rows)
    {
        foreach (var row in rows)
        {
            _counts.Remove(row);
        }
    }
}
