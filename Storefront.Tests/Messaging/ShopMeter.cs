using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging;

namespace Storefront.Tests.Messaging;

/// <summary>Listens to the meter of one shop, and of no other in the process: that of another test may be closing.</summary>
internal sealed class ShopMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, string? Queue, double Value)> _seen = new();

    public ShopMeter(TestShop shop)
    {
        shop.Services.GetRequiredService<ShopMetrics>();
        var meters = shop.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ShopMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>A gauge as it is now; null when it says nothing.</summary>
    public double? Read(string gauge)
    {
        _seen.Clear();
        _listener.RecordObservableInstruments();
        return _seen.Where(s => s.Name == gauge).Select(s => (double?)s.Value).SingleOrDefault();
    }

    /// <summary>All that was counted.</summary>
    public double Sum(string name, string? queue = null) => _seen.Where(s => s.Name == name && (queue is null || s.Queue == queue)).Sum(s => s.Value);

    public void Dispose() => _listener.Dispose();

    private void See(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Enqueue((instrument.Name, tags.Length == 0 ? null : tags[0].Value as string, value));
}
