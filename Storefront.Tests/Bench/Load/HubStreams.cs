using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Storefront.Web.Live;

namespace Storefront.Tests.Bench.Load;

/// <summary>
/// Clients of the hub: each stream follows an order until it is complete, then the next one. Over WebSockets, as many streams to a connection as the hub allows.
/// </summary>
internal sealed class HubStreams : IAsyncDisposable
{
    private readonly ConcurrentBag<TimeSpan> _delays = [];
    private readonly Func<string?> _next;
    private readonly CancellationTokenSource _end = new();
    private readonly List<HubConnection> _connections = [];
    private readonly CountdownEvent _begun;
    private readonly List<Task> _streams = [];
    private int _faults;

    private HubStreams(Func<string?> next, int streams) => (_next, _begun) = (next, new(streams));

    /// <summary>From a change to its arrival here, of every snapshot after the first of each stream, since <see cref="Begin"/>.</summary>
    public IReadOnlyCollection<TimeSpan> Delays => _delays;

    /// <summary>Streams that ended with a fault.</summary>
    public int Faults => _faults;

    /// <summary>Opens the streams; every one has had its first snapshot when this returns.</summary>
    /// <param name="shop">Where the hub is.</param>
    /// <param name="next">The order that a stream shall follow next; null: none any more.</param>
    /// <param name="streams">How many streams.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<HubStreams> OpenAsync(Uri shop, Func<string?> next, int streams, CancellationToken cancellationToken)
    {
        var all = new HubStreams(next, streams);
        for (var open = 0; open < streams; open += OrdersHub.MaxStreams)
        {
            var connection = new HubConnectionBuilder()
                .WithUrl(new Uri(shop, "/hubs/orders"), http => (http.Transports, http.SkipNegotiation) = (HttpTransportType.WebSockets, true)).Build();
            all._connections.Add(connection);
            await connection.StartAsync(cancellationToken);
            all._streams.AddRange(Enumerable.Range(0, Math.Min(OrdersHub.MaxStreams, streams - open)).Select(_ => all.FollowAsync(connection)));
        }

        await Watching.UntilAsync($"{streams} streams are open", () => Task.FromResult(all._begun.IsSet), cancellationToken);
        return all;
    }

    /// <summary>What came so far does not count.</summary>
    public void Begin() => _delays.Clear();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_streams);
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        _end.Dispose();
        _begun.Dispose();
    }

    private async Task FollowAsync(HubConnection connection)
    {
        var isOpen = false;
        try
        {
            while (_next() is { } order)
            {
                var isFirst = true;
                await foreach (var snapshot in connection.StreamAsync<JsonElement>("Follow", order, _end.Token))
                {
                    if (!isFirst)
                    {
                        _delays.Add(DateTimeOffset.UtcNow - OrderChange.NewestIn(snapshot));
                    }
                    else if (!isOpen)
                    {
                        isOpen = true;
                        _begun.Signal();
                    }

                    isFirst = false;
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Enough.
        }
        catch (Exception)
        {
            // Whatever it is, the report says that a stream was lost.
            Interlocked.Increment(ref _faults);
        }
        finally
        {
            if (!isOpen)
            {
                _begun.Signal();
            }
        }
    }
}
