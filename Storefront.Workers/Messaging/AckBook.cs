namespace Storefront.Messaging;

/// <summary>
/// Which acks cover what has been dealt with, on a channel with one consumer, where tags count from 1: one for all up to the first message still in hand,
/// and one each for those behind it, so that a slow message holds back nobody.
/// </summary>
internal sealed class AckBook
{
    /// <summary>Dealt with, and not yet acked; in order.</summary>
    private readonly SortedSet<ulong> _due = [];

    /// <summary>Acked one by one, behind a message in hand.</summary>
    private readonly HashSet<ulong> _ahead = [];

    /// <summary>All before it have been dealt with.</summary>
    private ulong _next = 1;

    /// <summary>The message of this tag has been dealt with.</summary>
    public void Add(ulong tag) => _due.Add(tag);

    /// <summary>The acks for all that has been added since the last time.</summary>
    public List<(ulong Tag, bool Multiple)> Take()
    {
        var acks = new List<(ulong, bool)>();
        var (last, covered) = (0UL, 0);
        for (; ; _next++)
        {
            if (_due.Remove(_next))
            {
                // It has to be one that is not acked yet: of the others the broker knows nothing any more, and closes the channel.
                (last, covered) = (_next, covered + 1);
            }
            else if (!_ahead.Remove(_next))
            {
                break;
            }
        }

        if (covered > 0)
        {
            acks.Add((last, covered > 1));
        }

        acks.AddRange(_due.Select(tag => (tag, false)));
        _ahead.UnionWith(_due);
        _due.Clear();
        return acks;
    }
}
