using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Data.Postgres;
using Storefront.Data.Sqlite;
using Storefront.Messaging.Outbox;

namespace Storefront.Data;

public static class DataServices
{
    /// <summary>The database and the one way to write to it; which one, <see cref="DatabaseOptions.Provider"/> says.</summary>
    public static IServiceCollection AddStoreData(this IServiceCollection services)
    {
        services.AddShopOptions<DataOptions>(DataOptions.Section).AddShopOptions<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSingleton<IValidateOptions<DataOptions>, UsableDataFolder>().AddSingleton<IValidateOptions<DatabaseOptions>, UsableDatabase>();
        services.AddSqliteStore().AddPostgresStore();
        services.AddSingleton(Chosen<IDbContextFactory<StoreDb>, SqliteContexts, PostgresContexts>);
        services.AddSingleton(Chosen<IWriteLane, SqliteLane, PostgresLane>);
        services.AddSingleton(Chosen<IRelayLock, RelayLockFile, PostgresNode>);
        services.AddSingleton<StoreReads>().AddSingleton<SharedKeys>().AddSingleton<DatabaseStatus>();
        services.AddSingleton(provider => new StoreWrites(provider.GetRequiredService<IWriteLane>(), provider.GetRequiredService<DatabaseStatus>()));
        return services;
    }

    /// <summary>Binds a section and checks it at start, so that a wrong setting stops the shop before it opens.</summary>
    public static IServiceCollection AddShopOptions<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddOptions<T>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    private static T Chosen<T, TSqlite, TPostgres>(IServiceProvider provider) where T : class where TSqlite : T where TPostgres : T =>
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.Postgres
            ? ActivatorUtilities.CreateInstance<TPostgres>(provider)
            : ActivatorUtilities.CreateInstance<TSqlite>(provider);
}
