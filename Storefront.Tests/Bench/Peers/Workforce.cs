namespace Storefront.Tests.Bench.Peers;

/// <summary>Processes beside a shop that do nothing but its departments' work.</summary>
internal sealed class Workforce : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>From one look at them to the next.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly List<OwnProcess> _all = [];
    private volatile bool _isEnding;

    /// <summary>Their process ids.</summary>
    public IEnumerable<int> Ids => _all.Select(p => p.Id);

    /// <summary>Starts so many; all are at the broker when this returns.</summary>
    /// <param name="count">How many.</param>
    /// <param name="folder">Where each gets a data folder of its own: its neighbours are simulated, and one book for all of them would be what is measured.</param>
    /// <param name="command">The command for a data folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">One did not start; says what it said.</exception>
    public async Task StartAsync(int count, string folder, Func<string, IEnumerable<string>> command, CancellationToken cancellationToken)
    {
        for (var i = 1; i <= count && !_isEnding; i++)
        {
            var data = Directory.CreateDirectory(Path.Combine(folder, $"work-{i}")).FullName;
            _all.Add(await OwnProcess.StartAsync(Path.Combine(data, "output"), data, command(data), cancellationToken));
        }

        await ArriveAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        await Task.WhenAll(_all.ToList().Select(p => p.DisposeAsync().AsTask()));
    }

    private Task ArriveAsync(CancellationToken cancellationToken) => Watching.UntilAsync("all work processes are at the broker", () => _all.Find(p => p.HasEnded) is { } ended
        ? throw new InvalidOperationException($"A work process did not start. {ended.Output}")
        : Task.FromResult(_all.TrueForAll(p => p.Output.Contains("At the broker", StringComparison.Ordinal))), Patience, Tick, cancellationToken);
}
