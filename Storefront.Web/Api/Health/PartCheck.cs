using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Storefront.Web.Api.Health;

/// <summary>A part of the shop as a health check's answer.</summary>
internal static class PartCheck
{
    public static HealthCheckResult Result(this PartHealth part) => new(part.Status, part.Text, data: Since(part.Since));

    /// <summary>The data every part has: when it came to its present state, in UTC.</summary>
    public static Dictionary<string, object> Since(DateTimeOffset since) =>
        new(StringComparer.Ordinal) { ["since"] = since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) };
}

/// <summary>Whether RabbitMQ is there. Without it the shop takes orders all the same, so its absence only degrades.</summary>
internal sealed class BrokerCheck(ShopHealth shop) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(shop.Broker.Result());
}

/// <summary>Whether what is decided gets to the broker.</summary>
internal sealed class RelayCheck(ShopHealth shop) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(shop.Relay.Result());
}
