using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>The store on PostgreSQL: how it is opened.</summary>
internal static class PostgresServices
{
    public static IServiceCollection AddPostgresStore(this IServiceCollection services)
    {
        services.AddSingleton(provider => PostgresConnection.Source(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<StorableText>().AddSingleton<GatheredFirst>();
        return services.AddDbContextFactory<PostgresStoreDb>((provider, options) => options
            // Not the provider's own strategy: that hides what comes of a lost connection in an InvalidOperationException.
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.ExecutionStrategy(d => new NonRetryingExecutionStrategy(d)))
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(provider.GetRequiredService<StorableText>(), provider.GetRequiredService<GatheredFirst>()));
    }
}
