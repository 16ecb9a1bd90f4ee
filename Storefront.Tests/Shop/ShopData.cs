using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Data.Sqlite;
using Storefront.Departments;

namespace Storefront.Tests.Shop;

/// <summary>What a shop has written in its data folder, read from outside: beside the running shop, or after its death.</summary>
public sealed class ShopData(string folder)
{
    public string Folder => folder;

    /// <summary>The database, for looking only; dispose of it.</summary>
    public StoreDb OpenDatabase() => new SqliteStoreDb(new DbContextOptionsBuilder<SqliteStoreDb>()
        .UseSqlite(Source(SqliteOpenMode.ReadOnly)).UseSnakeCaseNamingConvention().Options);

    /// <summary>Another connection to the shop's database, open, that may hold its locks; dispose of it.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(Source(SqliteOpenMode.ReadWrite));
        connection.Open();
        return connection;
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
