using System.Diagnostics;

namespace Storefront.Tests.Bench.Peers;

/// <summary>Processes beside a shop that do nothing but its departments' work.</summary>
internal sealed class Workforce : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

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

    private async Task ArriveAsync(CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); !_all.TrueForAll(p => p.Output.Contains("At the broker", StringComparison.Ordinal)); await Task.Delay(50, cancellationToken))
        {
            if (watch.Elapsed > Patience || _all.Exists(p => p.HasEnded))
            {
                throw new InvalidOperationException($"A work process did not start. {string.Join(Environment.NewLine, _all.Where(p => p.HasEnded).Select(p => p.Output))}");
            }
        }
    }
}
