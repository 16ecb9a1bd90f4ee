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
    private Workforce? _workforce;
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

    /// <summary>What it has cost so far, with those who work for it.</summary>
    public CpuTimes Cpu => CpuTimes.Read([Id, .. Workers], _broker!.Id, databases.Server);

    /// <summary>The processes that work for it, besides its own.</summary>
    public IEnumerable<int> Workers => _workforce?.Ids ?? [];

    /// <summary>Whether its database is a server's.</summary>
    public bool HasServer => databases.Server is not null;

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
        await WarmUpAsync(warmUp, cancellationToken);
        (_isWarm, _start) = (true, watch.Elapsed);
    }

    /// <summary>Has it see to so many orders.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public async Task WarmUpAsync(int orders, CancellationToken cancellationToken)
    {
        var warm = Connections.Closed(EndPoint, Orders, connections: 16, Patience, orders);
        if (warm.Served < orders || !await CalmsDownAsync(Patience, cancellationToken))
        {
            throw new InvalidOperationException($"{label} took {warm.Served} of {orders} orders to warm up, and has {CountUnfinished()} left. {End(Output)}");
        }
    }

    /// <summary>Starts processes that do nothing but the departments' work; they end with the peer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="settings">Theirs, as <c>Key=value</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The peer has none, or one did not start; says why.</exception>
    public async Task HireAsync(int count, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        _workforce = new(); // known from the first process on: whoever is interrupted ends it
        await _workforce.StartAsync(
            count, Path.Combine(_folder, $"{_lives}"), data => peer.WorkCommand(new Surroundings(Address, Broker, data, [.. _database!.Settings, .. settings])), cancellationToken);
    }

    /// <summary>What has gone through its broker so far.</summary>
    public Task<BrokerCounts> CountBrokerAsync(CancellationToken cancellationToken) => _broker!.CountAsync(cancellationToken);

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
        await FirstPageAsync(cancellationToken);
        var taken = watch.Elapsed;
        _look = _database.Look();
        return taken;
    }

    /// <summary>Waits until nothing is left to be done; false when that is not so in time.</summary>
    public async Task<bool> CalmsDownAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var isCalm = false;
        try
        {
            await Watching.UntilAsync("nothing left to do", () => Task.FromResult(_process!.HasEnded || (isCalm = !IsBusy)), atMost, TimeSpan.FromMilliseconds(20), cancellationToken);
        }
        catch (TimeoutException)
        {
            // It is busy still.
        }

        return isCalm;
    }

    /// <summary>Runs a statement in its database, which has to be a server's: beside a file of its own the shop lets nobody write.</summary>
    public void Run(string statement)
    {
        using var command = _look!.CreateCommand();
#pragma warning disable CA2100 // The benchmark's own constant texts.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
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

    private async Task FirstPageAsync(CancellationToken cancellationToken)
    {
        using var connection = new HttpConnection(EndPoint);
        var request = Requests.Pages(Address, "/").Next();
        var isThere = false;
        try
        {
            await Watching.UntilAsync($"{label} has a first page", () => Task.FromResult((isThere = connection.Send(request) == 200) || _process!.HasEnded), Patience, TimeSpan.FromMilliseconds(5), cancellationToken);
        }
        catch (TimeoutException)
        {
            // Told below, with what the program said.
        }

        if (!isThere)
        {
            throw new InvalidOperationException($"{label} did not start. {End(Output)}");
        }
    }

    /// <summary>What a program says in the end is most often why it did not work.</summary>
    private static string End(string output) => output.Length <= 1500 ? output : $"… {output[^1500..]}";

    private async Task EndAsync(bool keep)
    {
        _isWarm = false;
        _look?.Dispose();
        _look = null;
        if (_workforce is not null)
        {
            await _workforce.DisposeAsync();
            _workforce = null;
        }

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
