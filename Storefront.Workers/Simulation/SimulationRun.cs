using System.Data.Common;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Simulation;

/// <summary>One run: customers come at their rate whether or not the shop keeps up, as real ones do, but no more at once than leaves room for those.</summary>
internal sealed class SimulationRun(SimulationPlan plan, string who, PlaceOrder orders, TimeProvider time) : IDisposable
{
    /// <summary>Orders on their way at once; the shop lets in <see cref="StoreWrites.MostCustomers"/> customers in all.</summary>
    private const int AtOnce = 64;

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(AtOnce, AtOnce);
    private readonly Lock _counting = new();
    private readonly Dictionary<string, int> _refused = new(StringComparer.Ordinal);
    private DateTimeOffset? _ended;
    private bool _wasStopped;
    private int _placed;

    public SimulationProgress Progress
    {
        get
        {
            lock (_counting)
            {
                return new(plan, who, _began, _ended, _placed, new Dictionary<string, int>(_refused, StringComparer.Ordinal), _wasStopped);
            }
        }
    }

    /// <summary>Ends it: nobody comes any more; whoever is there is still served.</summary>
    public void Stop()
    {
        lock (_counting)
        {
            _wasStopped |= _ended is null;
        }

        _stop.Cancel();
    }

    /// <summary>Has all of them come; returns when the last is served.</summary>
    public async Task RunAsync(PlayedCustomers customers)
    {
        var began = time.GetTimestamp();
        try
        {
            for (var i = 0; i < plan.Orders; i++)
            {
                var early = plan.DueAt(i) - time.GetElapsedTime(began);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, time, _stop.Token);
                }

                await _room.WaitAsync(_stop.Token);
                _ = ServeAsync(customers.Next());
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }

        for (var i = 0; i < AtOnce; i++)
        {
            await _room.WaitAsync();
        }

        lock (_counting)
        {
            _ended = time.GetUtcNow();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _room.Dispose();
    }

    private async Task ServeAsync(OrderRequest request)
    {
        try
        {
            Count(await orders.RunAsync(request, OrderSource.Simulation, null, CancellationToken.None) switch
            {
                Placing.Accepted => null,
                Placing.SoldOut { Shortages: [var only] } => $"Sold out: {only.Name}",
                Placing.SoldOut => "Sold out: several goods",
                Placing.Refused refused => $"Refused: {string.Join(" ", refused.Faults.Select(f => $"{f.Field} {f.Message}"))}",
                var other => $"Refused: {other.GetType().Name}",
            });
        }
        catch (StoreOverloadedException)
        {
            Count("The shop had too many customers at once");
        }
        catch (DbException e)
        {
            Count($"The database refused: {e.Message}");
        }
        catch (Exception e)
        {
            // Whatever it is, the next customer is not to suffer for it, and the page says it.
            Count($"It failed: {e.Message}");
        }
        finally
        {
            _room.Release();
        }
    }

    private void Count(string? refusal)
    {
        lock (_counting)
        {
            if (refusal is null)
            {
                _placed++;
            }
            else
            {
                _refused[refusal] = _refused.GetValueOrDefault(refusal) + 1;
            }
        }
    }
}
