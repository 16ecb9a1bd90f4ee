using RabbitMQ.Client;

namespace Storefront.Tests.Faults;

/// <summary>Another program at the broker that publishes, and so is told when the broker takes nothing, and when that is over.</summary>
internal sealed class AnotherPublisher : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly TaskCompletionSource _blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DateTimeOffset> _unblocked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AnotherPublisher(IConnection connection)
    {
        _connection = connection;
        connection.ConnectionBlockedAsync += (_, _) =>
        {
            _blocked.TrySetResult();
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _unblocked.TrySetResult(DateTimeOffset.UtcNow);
            return Task.CompletedTask;
        };
    }

    /// <summary>When the broker said that it takes messages again.</summary>
    public Task<DateTimeOffset> Unblocked => _unblocked.Task;

    public static async Task<AnotherPublisher> ConnectAsync(Uri broker) =>
        new(await Connecting.ToAsync(broker, "another publisher", CancellationToken.None));

    /// <summary>Publishes something that goes nowhere, and waits to be told that it has to wait.</summary>
    public async Task IsBlockedAsync(CancellationToken cancellationToken)
    {
        // Not disposed of: closing it would wait behind the message. The connection takes it along.
        var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.BasicPublishAsync("", "nowhere", "x"u8.ToArray(), cancellationToken);
        await _blocked.Task.WaitAsync(Watching.Bound, cancellationToken);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
