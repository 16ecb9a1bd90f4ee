using System.Collections.Concurrent;
using RabbitMQ.Client;

namespace Storefront.Messaging;

/// <summary>
/// One stay at the broker: a connection to publish on and one to consume on (a blocked publisher must not stop acks).
/// It never recovers; when anything about it fails it is thrown away and the supervisor makes a new one.
/// </summary>
public sealed class BrokerSession : IAsyncDisposable
{
    /// <summary>No await on the broker lasts longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Time for the end of a connection.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, bool> _consumers = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _unblocked = Released();

    private BrokerSession(IConnection publishing, IConnection consuming)
    {
        Publishing = publishing;
        Consuming = consuming;
        foreach (var connection in new[] { publishing, consuming })
        {
            connection.ConnectionShutdownAsync += (_, e) =>
            {
                _closed.TrySetResult(e.ReplyText);
                // Nobody is to wait for a connection that has gone.
                _unblocked.TrySetResult();
                return Task.CompletedTask;
            };
        }

        publishing.ConnectionBlockedAsync += (_, e) => Block(e.Reason);
        publishing.ConnectionUnblockedAsync += (_, _) => Unblock();
    }

    public IConnection Publishing { get; }

    public IConnection Consuming { get; }

    /// <summary>The queues consumed on this session, by name: true while messages can come, false before and after.</summary>
    public IReadOnlyDictionary<string, bool> Consumers => _consumers;

    /// <summary>Ends, with the reason, when either connection has gone.</summary>
    public Task<string> Closed => _closed.Task;

    /// <summary>The broker takes no messages at the moment.</summary>
    public bool IsBlocked => !_unblocked.Task.IsCompleted;

    /// <summary>The broker's reason for not taking messages, or null again.</summary>
    public Action<string?>? OnBlocked { get; set; }

    /// <summary>Called when <see cref="Consumers"/> has changed.</summary>
    public Action? OnConsumers { get; set; }

    /// <summary>Connects; bounded by <see cref="Patience"/>.</summary>
    public static async Task<BrokerSession> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = address,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = Patience,
            HandshakeContinuationTimeout = Patience,
        };
        using var bounded = Bounded(cancellationToken);
        var publishing = await factory.CreateConnectionAsync("storefront: publishing", bounded.Token);
        try
        {
            return new BrokerSession(publishing, await factory.CreateConnectionAsync("storefront: consuming", bounded.Token));
        }
        catch
        {
            await PartAsync(publishing);
            throw;
        }
    }

    /// <summary>A token that also ends after <see cref="Patience"/>: for every single await on the broker.</summary>
    public static CancellationTokenSource Bounded(CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(Patience);
        return source;
    }

    /// <summary>Waits while the broker refuses to take messages, but no longer than the connection lasts.</summary>
    public Task UnblockedAsync(CancellationToken cancellationToken) => _unblocked.Task.WaitAsync(cancellationToken);

    /// <summary>A queue is now consumed, or no longer.</summary>
    internal void Note(string queue, bool consumed)
    {
        _consumers[queue] = consumed;
        OnConsumers?.Invoke();
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(PartAsync(Consuming), PartAsync(Publishing));

    /// <summary>Closes a connection. One to a broker that does not answer would take most of a minute over it: it is left to itself, so as not to hold up the next attempt.</summary>
    private static async Task PartAsync(IConnection connection)
    {
        await Task.WhenAny(CloseAsync(), Task.Delay(Farewell));

        async Task CloseAsync()
        {
            await connection.AbortAsync(Farewell);
            await connection.DisposeAsync();
        }
    }

    private static TaskCompletionSource Released()
    {
        var released = new TaskCompletionSource();
        released.SetResult();
        return released;
    }

    private Task Block(string reason)
    {
        _unblocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        OnBlocked?.Invoke(reason);
        return Task.CompletedTask;
    }

    private Task Unblock()
    {
        _unblocked.TrySetResult();
        OnBlocked?.Invoke(null);
        return Task.CompletedTask;
    }
}
