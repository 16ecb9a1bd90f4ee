using Microsoft.Extensions.Diagnostics.HealthChecks;
using Storefront.Messaging;

namespace Storefront.Web.Api.Health;

/// <summary>Whether RabbitMQ is there. Without it the shop takes orders all the same, so its absence only degrades.</summary>
internal sealed class BrokerCheck(BrokerStatus broker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = broker.Now;
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["since"] = now.Since };
        return Task.FromResult(now.IsWell
            ? HealthCheckResult.Healthy("The broker is there and takes messages.", data)
            : HealthCheckResult.Degraded(now.State switch
            {
                BrokerState.Away => $"The broker is away ({now.Reason}); orders are taken and wait for it.",
                BrokerState.Blocked => $"The broker takes no messages at the moment ({now.Reason}); orders are taken and wait for it.",
                _ => string.Join(" ", now.Notes),
            }, data: data));
    }
}
