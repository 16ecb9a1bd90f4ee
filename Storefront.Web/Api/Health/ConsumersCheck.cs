using Microsoft.Extensions.Diagnostics.HealthChecks;
using Storefront.Messaging;

namespace Storefront.Web.Api.Health;

/// <summary>Whether somebody works behind the counter: every queue this process is to consume has its consumer. Names them all, and those whose department the staff has paused.</summary>
internal sealed class ConsumersCheck(ShopHealth shop, ConsumersStatus consumers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var part = shop.Consumers;
        var data = PartCheck.Since(part.Since);
        foreach (var (queue, consumer) in consumers.Now.Queues)
        {
            data[queue] = consumer.IsConsumed ? "consuming" : "stopped";
        }

        foreach (var queue in shop.PausedQueues)
        {
            data[queue] = "paused";
        }

        return Task.FromResult(new HealthCheckResult(part.Status, part.Text, data: data));
    }
}
