using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Storefront.Departments;
using Storefront.Messaging;

namespace Storefront.Web.Api.Health;

/// <summary>Whether somebody works behind the counter: every queue this process is to consume has its consumer.</summary>
internal sealed class ConsumersCheck(BrokerStatus broker, IOptions<WorkersOptions> workers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var consumers = broker.Consumers;
        var data = consumers.ToDictionary(c => c.Key, c => (object)(c.Value ? "consuming" : "stopped"), StringComparer.Ordinal);
        return Task.FromResult(Describe(consumers) is { } fault ? HealthCheckResult.Degraded(fault, data: data) : HealthCheckResult.Healthy("Every queue has its consumer.", data));
    }

    private string? Describe(IReadOnlyDictionary<string, bool> consumers)
    {
        var stopped = consumers.Where(c => !c.Value).Select(c => c.Key).ToList();
        return stopped.Count > 0 ? $"Nobody consumes {string.Join(", ", stopped)}; the consumers are being set up."
            : consumers.Count == 0 && workers.Value.CoHosted ? "Nobody consumes while the broker is away; work waits in the outbox and in the queues."
            : null;
    }
}
