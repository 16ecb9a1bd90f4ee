using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Storefront.Web.Store.Accounts.Data.Postgres;

/// <summary>The accounts on PostgreSQL, in the shop's database.</summary>
public sealed class PostgresAccountsDb(DbContextOptions<PostgresAccountsDb> options) : AccountsDb(options)
{
    internal static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable(History))
        .UseSnakeCaseNamingConvention();
}

/// <summary>For <c>dotnet ef migrations add</c>; no server is asked.</summary>
internal sealed class PostgresAccountsDesignTime : IDesignTimeDbContextFactory<PostgresAccountsDb>
{
    public PostgresAccountsDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresAccountsDb>();
        PostgresAccountsDb.Configure(options, NpgsqlDataSource.Create("Host=localhost"));
        options.UseApplicationServiceProvider(AccountsDb.DesignTime());
        return new(options.Options);
    }
}
