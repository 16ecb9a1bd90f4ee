using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Simulation;

/// <summary>Has played customers come to this process, one run at a time. A run belongs to the process: it goes on when its page is closed, and ends with the shop.</summary>
public sealed class SimulationRunner(PlaceOrder orders, IDbContextFactory<StoreDb> contexts, TimeProvider time) : IHostedService, IDisposable
{
    private readonly Lock _beginning = new();
    private SimulationRun? _run;
    private Task _running = Task.CompletedTask;

    /// <summary>The run that goes on, or the last one; null: there was none since the shop opened.</summary>
    public SimulationProgress? Now => _run?.Progress;

    /// <summary>Whether a run goes on.</summary>
    public bool IsRunning => !_running.IsCompleted;

    /// <summary>Begins a run; false: one goes on already, and this one does not begin.</summary>
    /// <exception cref="System.Data.Common.DbException">The goods could not be read; nothing has begun.</exception>
    public async Task<bool> BeginAsync(SimulationPlan plan, string who, CancellationToken cancellationToken)
    {
        var products = await ProductsAsync(cancellationToken);
        lock (_beginning)
        {
            if (IsRunning || products.Count == 0)
            {
                return false;
            }

            _run?.Dispose();
            var run = _run = new(plan, who, orders, time);
            // Not on the circuit, which draws pages.
            _running = Task.Run(() => run.RunAsync(new(plan.Seed, products)), CancellationToken.None);
            return true;
        }
    }

    /// <summary>Ends the run, if one goes on; false: none does.</summary>
    public bool Stop()
    {
        lock (_beginning)
        {
            if (!IsRunning)
            {
                return false;
            }

            _run!.Stop();
            return true;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The shop closes: nobody comes any more, and whoever is there is served first.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Stop();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _run?.Dispose();

    private async Task<IReadOnlyList<int>> ProductsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Products.Where(p => p.ArchivedAt == null).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellationToken);
    }
}
