using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Storefront.Data;
using Storefront.Data.Sqlite;
using Storefront.Departments;

namespace Storefront.Tests.Shop;

/// <summary>What a shop has written in its database and its data folder, read from outside: beside the running shop, or after its death.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="postgres">How to connect to the database, if it is on PostgreSQL.</param>
public sealed class ShopData(string folder, string? postgres)
{
    /// <summary>The data of a folder's shop, on the database that the tests run on.</summary>
    public ShopData(string folder) : this(folder, TestDatabase.ConnectionOf(folder))
    {
    }

    public string Folder => folder;

    /// <summary>The data of a shop that is open, whatever database it was given.</summary>
    public static ShopData Of(TestShop shop) => new(shop.DataFolder, shop.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.Postgres
        ? shop.Services.GetRequiredService<IConfiguration>().GetConnectionString("Store")
        : null);

    /// <summary>The database, for looking only; dispose of it.</summary>
    public StoreDb OpenDatabase() => postgres is not null
        ? PrivatePostgresTemplate.Open(postgres)
        : new SqliteStoreDb(new DbContextOptionsBuilder<SqliteStoreDb>().UseSqlite(Source(SqliteOpenMode.ReadOnly)).UseSnakeCaseNamingConvention().Options);

    /// <summary>Another program holds a lock against everybody who wants to change an order, until what is returned is disposed of.</summary>
    /// <exception cref="DbException">The lock was not to be had.</exception>
    public async Task<IAsyncDisposable> HoldLockAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = postgres is null ? new SqliteConnection(Source(SqliteOpenMode.ReadWrite)) : new NpgsqlConnection(postgres + ";Pooling=false");
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = postgres is null ? "BEGIN IMMEDIATE" : "BEGIN; LOCK TABLE orders IN EXCLUSIVE MODE";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The neighbours' books.</summary>
    public IReadOnlyList<BookEntry> Books()
    {
        using var book = new NeighbourBook(Options.Create(new DataOptions { Folder = folder }));
        return book.Entries();
    }

    /// <summary>Pieces on the shelf, by product.</summary>
    public async Task<Dictionary<int, int>> StockAsync(CancellationToken cancellationToken)
    {
        await using var db = OpenDatabase();
        return await db.Products.ToDictionaryAsync(p => p.Id, p => p.Stock, cancellationToken);
    }

    /// <summary>Not pooled: nothing keeps the files open once it has been looked at.</summary>
    private string Source(SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "shop.db"), Mode = mode, Pooling = false }.ToString();
}
