using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace Storefront.Data.Sqlite;

/// <summary>The store on SQLite: how it is opened.</summary>
internal static class SqliteServices
{
    public static IServiceCollection AddSqliteStore(this IServiceCollection services)
    {
        // Nobody asks SQLite how much memory it holds, and to count it takes a lock at every allocation. Too late where it is in use already (in tests): then it counts.
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        services.AddSingleton<SqlitePragmas>();
        return services.AddDbContextFactory<SqliteStoreDb>((provider, options) => options
            .UseSqlite(ConnectionString(provider))
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(provider.GetRequiredService<SqlitePragmas>()));
    }

    private static string ConnectionString(IServiceProvider provider)
    {
        var configured = provider.GetRequiredService<IConfiguration>().GetConnectionString("Store");
        if (string.IsNullOrWhiteSpace(configured))
        {
            configured = $"Data Source={provider.GetRequiredService<IOptions<DataOptions>>().Value.PathOf("shop.db")}";
        }

        try
        {
            return new SqliteConnectionStringBuilder(configured) { ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        }
        catch (ArgumentException e)
        {
            throw new OptionsValidationException("ConnectionStrings:Store", typeof(string), [$"ConnectionStrings:Store is not a connection string for SQLite: {e.Message}"]);
        }
    }
}
