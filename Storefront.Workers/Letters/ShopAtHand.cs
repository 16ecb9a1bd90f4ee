using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;

namespace Storefront.Letters;

/// <summary>The shop's own services on its own database, for a program beside it; whether the shop runs or not.</summary>
internal static class ShopAtHand
{
    /// <summary>Opens the database of a shop. It has to be there, and as this version of the shop left it: nothing is made or changed here.</summary>
    /// <param name="folder">The shop's data folder; null: as the environment says, like the shop itself.</param>
    /// <param name="broker">The shop's broker; null: as the environment says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">There is no such database; the message says what to do.</exception>
    public static async Task<ServiceProvider> OpenAsync(string? folder, Uri? broker, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        // A wrong provider is found by the shop's own services.
        var isFile = !Enum.TryParse<DatabaseProvider>(configuration[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}"], ignoreCase: true, out var provider) || provider == DatabaseProvider.Sqlite;
        if (isFile)
        {
            configuration["ConnectionStrings:Store"] = FileOf(folder, configuration);
        }

        if (broker is not null)
        {
            configuration["Broker:Uri"] = broker.ToString();
        }

        var shop = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddStore().BuildServiceProvider();
        await CheckAsync(shop, cancellationToken);
        return shop;
    }

    /// <summary>How to open the shop's database file, which is there.</summary>
    private static string FileOf(string? folder, IConfiguration configuration)
    {
        var database = DatabaseOf(folder, configuration);
        if (!File.Exists(database.DataSource))
        {
            throw new InvalidDataException(
                $"there is no shop's database at {Path.GetFullPath(database.DataSource)}. Give --data the shop's data folder (its setting Data:Folder); a new shop makes its database when it starts.");
        }

        // Not even if it were deleted in this moment would a new one be made.
        database.Mode = SqliteOpenMode.ReadWrite;
        return database.ToString();
    }

    private static SqliteConnectionStringBuilder DatabaseOf(string? folder, IConfiguration configuration)
    {
        var configured = configuration.GetConnectionString("Store");
        if (folder is null && !string.IsNullOrWhiteSpace(configured))
        {
            try
            {
                return new(configured);
            }
            catch (ArgumentException e)
            {
                throw new InvalidDataException($"ConnectionStrings:Store is not a connection string for SQLite: {e.Message}", e);
            }
        }

        folder ??= configuration[$"{DataOptions.Section}:{nameof(DataOptions.Folder)}"] is { Length: > 0 } setting ? setting : new DataOptions().Folder;
        return new() { DataSource = Path.GetFullPath(Path.Combine(folder, "shop.db")) };
    }

    private static async Task CheckAsync(ServiceProvider shop, CancellationToken cancellationToken)
    {
        await using var db = await shop.GetRequiredService<IDbContextFactory<StoreDb>>().CreateDbContextAsync(cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            var connection = db.Database.GetDbConnection();
            var place = db.Database.IsSqlite() ? $"the database at {Path.GetFullPath(connection.DataSource)}" : $"the database '{connection.Database}' at {connection.DataSource}";
            throw new InvalidDataException($"{place} is not one of this version's shop. Start the shop once: it brings its database up to date.");
        }
    }
}
