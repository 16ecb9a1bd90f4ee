using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Storefront.Data;

namespace Storefront.Web.Api.Health;

/// <summary>How long the oldest message has been waiting for the broker beyond its time.</summary>
internal sealed class OutboxCheck(IDbContextFactory<StoreDb> contexts, TimeProvider time) : IHealthCheck
{
    /// <summary>Longer than any publish takes while all is well.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = await db.Outbox.AsNoTracking().Where(r => r.NotBefore <= now).OrderBy(r => r.NotBefore)
            .Select(r => (DateTimeOffset?)r.NotBefore).FirstOrDefaultAsync(cancellationToken);
        // What waits says itself since when; nothing waits as of now.
        var since = oldest ?? now;
        var age = now - since;
        var data = PartCheck.Since(since);
        data["age_seconds"] = Math.Round(age.TotalSeconds, 1);
        return age > Patience
            ? HealthCheckResult.Degraded($"Messages have been waiting for the broker for {age:d\\.hh\\:mm\\:ss}; they are kept until it takes them.", data: data)
            : HealthCheckResult.Healthy(oldest is null ? "No message waits for the broker." : "Messages are on their way to the broker.", data);
    }
}
