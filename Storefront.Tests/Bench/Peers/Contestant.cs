using System.Data.Common;
using System.Diagnostics;
using System.Net;
using Storefront.Tests.Bench.Costs;
using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Peers;

/// <summary>A peer that runs, with a broker node of its own, and data that are thrown away whenever it is started anew.</summary>
/// <param name="label">How it is called in the report.</param>
/// <param name="peer">What runs.</param>
/// <param name="databases">On which databases.</param>
/// <param name="warmUp">How many orders it sees to before anything is measured.</param>
internal sealed class Contestant(string label, IPeer peer, IDatabases databases, int warmUp) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-bench-").FullName;
    private PeerBroker? _broker;
    private OwnProcess? _process;
    private PeerDatabase? _database;
    private DbConnection? _look;
    private TimeSpan _start;
    private bool _isWarm;
    private int _lives;

    public string Label => label;

    public IPeer Peer => peer;

    public Uri Address { get; } = ShopProcess.FreeAddress();

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    public Uri Broker => _broker!.Uri;

    /// <summary>The peer's process id.</summary>
    public int Id => _process!.Id;

    /// <summary>What the peer has written on its console since its last start.</summary>
    public string Output => _process!.Output;

    /// <summary>Orders to place with it.</summary>
    public Requests Orders => field ??= Requests.Orders(Address);

    /// <summary>What it has cost so far.</summary>
    public CpuTimes Cpu => CpuTimes.Read(Id, _broker!.Id, databases.Server);

    public bool IsBusy => Number(peer.CountBusy) != 0;

    /// <summary>Orders that are not at their end.</summary>
    public long CountUnfinished() => Number(peer.CountUnfinished);

    /// <summary>Starts its broker; the peer itself is started when it is first needed.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken) => _broker = await PeerBroker.StartAsync(cancellationToken);

    /// <summary>Sees to it that the peer does not work while another is measured: what takes longer than starting it anew is thrown away.</summary>
    public async Task RestAsync(CancellationToken cancellationToken)
    {
        if (_process is not null && !(_isWarm && await CalmsDownAsync(_start, cancellationToken)))
        {
            await EndAsync(keep: false);
        }
    }

    /// <summary>
    /// Sees to it that the peer runs as usual, is warm, and has nothing left to do; starts it anew, with new data and no messages, when that is quicker.
    /// </summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        await RestAsync(cancellationToken);
        if (_isWarm)
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        await BeginAsync(keep: false, [], cancellationToken);
        var warm = Connections.Closed(EndPoint, Orders, connections: 16, Patience, warmUp);
        if (warm.Served < warmUp || !await CalmsDownAsync(Patience, cancellationToken))
        {
            throw new InvalidOperationException($"{label} took {warm.Served} of {warmUp} orders to warm up, and has {CountUnfinished()} left. {End(Output)}");
        }

        (_isWarm, _start) = (true, watch.Elapsed);
    }

    /// <summary>Starts the peer, cold; what ran before is ended.</summary>
    /// <param name="keep">Whether it keeps the data and messages it had, or begins with nothing.</param>
    /// <param name="settings">Other settings than usual, as <c>Key=value</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>From the start of the process to its first page.</returns>
    public async Task<TimeSpan> BeginAsync(bool keep, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        await EndAsync(keep);
        if (_database is null)
        {
            await _broker!.DeleteAsync(peer.Queues, cancellationToken);
            _database = await databases.NewAsync(Directory.CreateDirectory(Path.Combine(_folder, $"{++_lives}")).FullName, peer, cancellationToken);
        }

        var data = Path.Combine(_folder, $"{_lives}");
        var surroundings = new Surroundings(Address, Broker, data, [.. _database!.Settings, .. settings]);
        var watch = Stopwatch.StartNew();
        _process = await OwnProcess.StartAsync(Path.Combine(data, "output"), peer.Folder, peer.Command(surroundings), cancellationToken);
        FirstPage(cancellationToken);
        var taken = watch.Elapsed;
        _look = _database.Look();
        return taken;
    }

    /// <summary>Waits until nothing is left to be done; false when that is not so in time.</summary>
    public async Task<bool> CalmsDownAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < atMost && !_process!.HasEnded; await Task.Delay(20, cancellationToken))
        {
            if (!IsBusy)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The answer to a query that has one number as its answer.</summary>
    public long Number(string query)
    {
        using var command = _look!.CreateCommand();
#pragma warning disable CA2100 // The benchmark's own constant texts.
        command.CommandText = query;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar());
    }

    /// <summary>Waits for so long, and tells how much went on in the database meanwhile.</summary>
    public Task<Figure> WatchDatabaseAsync(TimeSpan length, CancellationToken cancellationToken) => databases.WatchAsync(_look!, length, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await EndAsync(keep: false);
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void FirstPage(CancellationToken cancellationToken)
    {
        using var connection = new HttpConnection(EndPoint);
        var request = Requests.Pages(Address, "/").Next();
        for (var watch = Stopwatch.StartNew(); connection.Send(request) != 200; Thread.Sleep(5))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_process!.HasEnded || watch.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{label} did not start. {End(Output)}");
            }
        }
    }

    /// <summary>What a program says in the end is most often why it did not work.</summary>
    private static string End(string output) => output.Length <= 1500 ? output : $"… {output[^1500..]}";

    private async Task EndAsync(bool keep)
    {
        _isWarm = false;
        _look?.Dispose();
        _look = null;
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }

        if (!keep && _database is not null)
        {
            await _database.Drop();
            _database = null;
            Directory.Delete(Path.Combine(_folder, $"{_lives}"), recursive: true);
        }
    }
}
