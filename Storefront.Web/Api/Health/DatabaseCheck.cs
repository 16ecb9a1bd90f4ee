using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Storefront.Data;

namespace Storefront.Web.Api.Health;

/// <summary>The one thing the shop cannot do without: can the goods be read?</summary>
internal sealed class DatabaseCheck(IDbContextFactory<StoreDb> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.Products.AnyAsync(cancellationToken)
                ? HealthCheckResult.Healthy("The database answers.")
                : HealthCheckResult.Unhealthy("The database answers, but there are no goods in it.");
        }
        catch (DbException e)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {e.Message}", e);
        }
    }
}
