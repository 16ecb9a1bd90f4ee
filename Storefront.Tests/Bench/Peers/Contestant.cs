using System.Data.Common;
using System.Diagnostics;
using System.Net;
using RabbitMQ.Client;
using Storefront.Tests.Bench.Costs;
using Storefront.Tests.Bench.Load;

namespace Storefront.Tests.Bench.Peers;

/// <summary>A peer that runs, with a broker node of its own, and data that are thrown away whenever it is started anew.</summary>
internal sealed class Contestant : IAsyncDisposable
{
    /// <summary>Past the just-in-time compiler's first and second thoughts.</summary>
    private const int WarmUp = 1500;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly PrivateBroker _broker;
    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-bench-").FullName;
    private OwnProcess? _process;
    private DbConnection? _database;
    private TimeSpan _start;
    private int _lives;

    private Contestant(IPeer peer, PrivateBroker broker) => (Peer, _broker) = (peer, broker);

    public IPeer Peer { get; }

    public Uri Address { get; private set; } = null!;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    public Uri Broker => _broker.Uri;

    /// <summary>The peer's process id.</summary>
    public int Id => _process!.Id;

    /// <summary>Orders to place with it.</summary>
    public Requests Orders { get; private set; } = null!;

    /// <summary>What it has cost so far.</summary>
    public CpuTimes Cpu => CpuTimes.Read(Id, int.Parse(File.ReadAllText(Path.Combine(_broker.Folder, "node.id"))));

    /// <summary>Starts broker and peer; warmed up when this returns.</summary>
    public static async Task<Contestant> StartAsync(IPeer peer, CancellationToken cancellationToken)
    {
        var contestant = new Contestant(peer, await PrivateBroker.StartAsync(cancellationToken));
        try
        {
            await contestant.BeginAnewAsync(cancellationToken);
            return contestant;
        }
        catch
        {
            await contestant.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until nothing is left to be done; if that takes longer than starting anew, throws peer, messages and data away and does so.</summary>
    public async Task CalmAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (IsBusy)
        {
            if (watch.Elapsed > _start)
            {
                await BeginAnewAsync(cancellationToken);
                return;
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    public bool IsBusy => Number(Peer.IsBusy) != 0;

    /// <summary>Orders that are not at their end.</summary>
    public long CountUnfinished() => Number(Peer.CountUnfinished);

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAnewAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await EndAsync();
        await DeleteQueuesAsync(cancellationToken);
        var data = Directory.CreateDirectory(Path.Combine(_folder, $"{++_lives}"));
        var surroundings = new Surroundings(ShopProcess.FreeAddress(), Broker, data.FullName);
        (Address, Orders) = (surroundings.Address, Requests.Orders(surroundings.Address));
        _process = await OwnProcess.StartAsync(Path.Combine(data.FullName, "output"), Peer.Folder, Peer.Command(surroundings), cancellationToken);
        await AnswersAsync(cancellationToken);
        _database = surroundings.Look();
        var warm = Connections.Closed(EndPoint, Orders, connections: 16, Patience, WarmUp);
        if (warm.Served < WarmUp)
        {
            throw new InvalidOperationException($"{Peer.Label} took {warm.Served} of {WarmUp} orders only. {_process.Output}");
        }

        await Watching.UntilAsync($"{Peer.Label} is warm and calm", () => Task.FromResult(!IsBusy), Patience, TimeSpan.FromMilliseconds(50), cancellationToken);
        _start = watch.Elapsed;
    }

    private Task AnswersAsync(CancellationToken cancellationToken) => Watching.UntilAsync($"{Peer.Label} answers", async () =>
    {
        if (_process!.HasEnded)
        {
            throw new InvalidOperationException($"{Peer.Label} ended while starting. {_process.Output}");
        }

        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(new Uri(Address, "/health/live"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, cancellationToken);

    private async Task EndAsync()
    {
        _database?.Dispose();
        _database = null;
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
            Directory.Delete(Path.Combine(_folder, $"{_lives}"), recursive: true);
        }
    }

    private async Task DeleteQueuesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = Broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        foreach (var queue in Peer.Queues)
        {
            await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken);
        }
    }

    private long Number(string query)
    {
        using var command = _database!.CreateCommand();
#pragma warning disable CA2100 // The peer's own constant text.
        command.CommandText = query;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar());
    }
}
