using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Storefront.Web.Account.Data.Postgres;

/// <summary>The staff on PostgreSQL, in the shop's database.</summary>
public sealed class PostgresStaffDb(DbContextOptions<PostgresStaffDb> options) : StaffDb(options)
{
    internal static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable(History))
        .UseSnakeCaseNamingConvention();
}

/// <summary>For <c>dotnet ef migrations add</c>; no server is asked.</summary>
internal sealed class PostgresStaffDesignTime : IDesignTimeDbContextFactory<PostgresStaffDb>
{
    public PostgresStaffDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresStaffDb>();
        PostgresStaffDb.Configure(options, NpgsqlDataSource.Create("Host=localhost"));
        options.UseApplicationServiceProvider(StaffDb.DesignTime());
        return new(options.Options);
    }
}
