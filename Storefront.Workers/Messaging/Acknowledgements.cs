using System.Threading.Channels;
using RabbitMQ.Client;

namespace Storefront.Messaging;

/// <summary>Acks what has been dealt with, on the channel that delivered it; what has gathered while the last ack was on its way goes out together.</summary>
/// <param name="channel">The channel that delivers, with one consumer.</param>
/// <param name="acked">Called once for each message whose ack has been sent.</param>
internal sealed class Acknowledgements(IChannel channel, Action acked)
{
    private readonly Channel<ulong> _done = Channel.CreateUnbounded<ulong>(new() { SingleReader = true });
    private readonly AckBook _book = new();

    /// <summary>The message of this tag has been dealt with.</summary>
    public void Add(ulong tag) => _done.Writer.TryWrite(tag);

    /// <summary>Nothing more will come.</summary>
    public void End() => _done.Writer.TryComplete();

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
                _book.Add(tag);
            }

            foreach (var (tag, multiple) in _book.Take())
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
}
