using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Data.Sqlite;

namespace Storefront.Data;

public static class DataServices
{
    /// <summary>The database and the one way to write to it.</summary>
    public static IServiceCollection AddStoreData(this IServiceCollection services)
    {
        services.AddShopOptions<DataOptions>(DataOptions.Section).AddShopOptions<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSingleton<IValidateOptions<DataOptions>, UsableDataFolder>();
        services.AddSingleton<SqlitePragmas>();
        services.AddDbContextFactory<SqliteStoreDb>((provider, options) => options
            .UseSqlite(ConnectionString(provider))
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(provider.GetRequiredService<SqlitePragmas>()));
        services.AddSingleton<IDbContextFactory<StoreDb>, SqliteContexts>();
        services.AddSingleton<StoreReads>().AddSingleton<DatabaseStatus>().AddSingleton<IWriteLane, SqliteLane>();
        services.AddSingleton(provider => new StoreWrites(provider.GetRequiredService<IWriteLane>(), provider.GetRequiredService<DatabaseStatus>()));
        return services;
    }

    /// <summary>Binds a section and checks it at start, so that a wrong setting stops the shop before it opens.</summary>
    public static IServiceCollection AddShopOptions<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddOptions<T>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateDataAnnotations().ValidateOnStart();
        return services;
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
