using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Storefront.Web.Account.Data.Sqlite;

/// <summary>The staff on SQLite, in <c>staff.db</c> of the data folder.</summary>
public sealed class SqliteStaffDb(DbContextOptions<SqliteStaffDb> options) : StaffDb(options)
{
    /// <summary>Seconds that a connection waits for another that is writing.</summary>
    private const int Patience = 10;

    /// <summary>Opens the file at <paramref name="path"/>; connections are few and short, so none is kept.</summary>
    internal static void Configure(DbContextOptionsBuilder options, string path) => options
        .UseSqlite($"Data Source={path};Pooling=False;Foreign Keys=True;Default Timeout={Patience}", sqlite => sqlite.MigrationsHistoryTable(History))
        .UseSnakeCaseNamingConvention();
}

/// <summary>For <c>dotnet ef migrations add</c>.</summary>
internal sealed class SqliteStaffDesignTime : IDesignTimeDbContextFactory<SqliteStaffDb>
{
    public SqliteStaffDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteStaffDb>();
        SqliteStaffDb.Configure(options, ":memory:");
        options.UseApplicationServiceProvider(StaffDb.DesignTime());
        return new(options.Options);
    }
}
