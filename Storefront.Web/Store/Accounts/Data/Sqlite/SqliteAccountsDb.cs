using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Storefront.Web.Store.Accounts.Data.Sqlite;

/// <summary>The accounts on SQLite, in <c>accounts.db</c> of the data folder.</summary>
public sealed class SqliteAccountsDb(DbContextOptions<SqliteAccountsDb> options) : AccountsDb(options)
{
    /// <summary>Seconds that a connection waits for another that is writing.</summary>
    private const int Patience = 10;

    /// <summary>Opens the file at <paramref name="path"/>; connections are few and short, so none is kept.</summary>
    internal static void Configure(DbContextOptionsBuilder options, string path) => options
        .UseSqlite($"Data Source={path};Pooling=False;Foreign Keys=True;Default Timeout={Patience}", sqlite => sqlite.MigrationsHistoryTable(History))
        .UseSnakeCaseNamingConvention();
}

/// <summary>For <c>dotnet ef migrations add</c>.</summary>
internal sealed class SqliteAccountsDesignTime : IDesignTimeDbContextFactory<SqliteAccountsDb>
{
    public SqliteAccountsDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteAccountsDb>();
        SqliteAccountsDb.Configure(options, ":memory:");
        options.UseApplicationServiceProvider(AccountsDb.DesignTime());
        return new(options.Options);
    }
}
