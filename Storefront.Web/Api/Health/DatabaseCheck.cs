using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Storefront.Data;

namespace Storefront.Web.Api.Health;

/// <summary>The one thing the shop cannot do without: can the goods be read?</summary>
internal sealed class DatabaseCheck(IDbContextFactory<StoreDb> contexts, DatabaseStatus status, ShopHealth shop) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await db.Products.AnyAsync(cancellationToken))
            {
                status.Worked();
            }
            else
            {
                status.Failed("there are no goods in it");
            }
        }
        catch (Exception e) when (DatabaseStatus.TroubleIn(e) is not null)
        {
            status.Failed(e);
        }

        return shop.Database.Result();
    }
}
