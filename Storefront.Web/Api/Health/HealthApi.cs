using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Storefront.Web.Api.Health;

/// <summary>How the shop is: <c>Healthy</c>, <c>Degraded</c> (it takes orders, but something is away) or <c>Unhealthy</c>.</summary>
public sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, HealthAnswer.Part> Checks)
{
    /// <summary>How one part of it is, in a sentence, with figures where there are any.</summary>
    public sealed record Part(string Status, string? Description, IReadOnlyDictionary<string, object> Data);
}

internal static class HealthApi
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>What readiness looks at. Only the database can make the shop unready; whatever else is away leaves it degraded.</summary>
    public static void AddShopHealth(this IServiceCollection services) => services.AddSingleton<ShopHealth>().AddHealthChecks()
        .AddCheck<DatabaseCheck>("database", HealthStatus.Unhealthy, [], Timeout)
        .AddCheck<BrokerCheck>("broker", HealthStatus.Degraded, [], Timeout)
        .AddCheck<RelayCheck>("relay", HealthStatus.Degraded, [], Timeout)
        .AddCheck<OutboxCheck>("outbox", HealthStatus.Degraded, [], Timeout)
        .AddCheck<ConsumersCheck>("consumers", HealthStatus.Degraded, [], Timeout);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health");
        health.MapMethods("/live", Verbs, Live).WithSummary("200 while the process runs.");
        health.MapMethods("/ready", Verbs, ReadyAsync).WithSummary("200 while the shop takes orders, also when it is degraded; 503 when it cannot.")
            .Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<HealthAnswer> Live(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new HealthAnswer(nameof(HealthStatus.Healthy), new Dictionary<string, HealthAnswer.Part>(StringComparer.Ordinal)));
    }

    private static async Task<JsonHttpResult<HealthAnswer>> ReadyAsync(HealthCheckService health, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        var report = await health.CheckHealthAsync(cancellationToken);
        var parts = report.Entries.ToDictionary(
            e => e.Key, e => new HealthAnswer.Part(e.Value.Status.ToString(), e.Value.Description ?? e.Value.Exception?.Message, e.Value.Data), StringComparer.Ordinal);
        return TypedResults.Json(new HealthAnswer(report.Status.ToString(), parts),
            statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
