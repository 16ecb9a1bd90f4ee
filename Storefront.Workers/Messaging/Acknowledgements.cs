using System.Threading.Channels;
using RabbitMQ.Client;

namespace Storefront.Messaging;

/// <summary>
/// Acks what has been dealt with, on the channel that delivered it. What has gathered while the last ack was on its way goes out together: one that covers all
/// up to the first message still in hand (its tags count from 1), and one each for those behind it, so that a slow message holds back nobody.
/// </summary>
/// <param name="channel">The channel that delivers, with one consumer.</param>
/// <param name="acked">Called once a message's ack has been sent.</param>
internal sealed class Acknowledgements(IChannel channel, Action acked)
{
    private readonly Channel<ulong> _done = Channel.CreateUnbounded<ulong>(new() { SingleReader = true });

    /// <summary>Dealt with, and not yet acked; in order.</summary>
    private readonly SortedSet<ulong> _due = [];

    /// <summary>Acked one by one, behind a message in hand.</summary>
    private readonly HashSet<ulong> _ahead = [];

    /// <summary>All before it have been dealt with.</summary>
    private ulong _next = 1;

    /// <summary>The message of this tag has been dealt with.</summary>
    public void Add(ulong tag) => _done.Writer.TryWrite(tag);

    /// <summary>Acks until told that nothing more will come.</summary>
    /// <exception cref="Exception">The channel takes no acks any more; what is not acked will be delivered again.</exception>
    public async Task RunAsync()
    {
        while (await _done.Reader.WaitToReadAsync())
        {
            // Those who share a commit are done at the same moment: let them come in.
            await Task.Yield();
            var count = 0;
            for (; _done.Reader.TryRead(out var tag); count++)
            {
                _due.Add(tag);
            }

            foreach (var (tag, multiple) in Take())
            {
                using var bounded = BrokerSession.Bounded(CancellationToken.None);
                await channel.BasicAckAsync(tag, multiple, bounded.Token);
            }

            for (; count > 0; count--)
            {
                acked();
            }
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void End() => _done.Writer.TryComplete();

    /// <summary>The acks that cover all that is due.</summary>
    private List<(ulong Tag, bool Multiple)> Take()
    {
        var acks = new List<(ulong, bool)>();
        var (last, covered) = (0UL, 0);
        for (; ; _next++)
        {
            if (_due.Remove(_next))
            {
                // The broker knows of no tag that it has been acked: the last of them has to be one that has not.
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
