using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>The setting <c>ConnectionStrings:Store</c> as PostgreSQL's driver takes it.</summary>
internal static class PostgresConnection
{
    /// <summary>
    /// What holds unless the setting says otherwise. A pool that leaves room for other processes in the server's usual 100 connections; statements prepared
    /// by themselves after a few uses; ten seconds for a command, as SQLite waits for a lock. Connections are not reset between uses, since nobody here
    /// changes them; and a process that stands still in the middle of a transaction does not hold its locks for ever.
    /// </summary>
    private const string Defaults =
        "Application Name=storefront;Timeout=5;Command Timeout=10;Maximum Pool Size=48;Max Auto Prepare=200;Auto Prepare Min Usages=3;No Reset On Close=true;Options=-c idle_in_transaction_session_timeout=30s";

    private const string Example = "Host=localhost;Database=storefront;Username=storefront;Password=…";

    /// <summary>The pool of connections; ends with the services. It logs nothing by itself, which would be every command.</summary>
    public static NpgsqlDataSource Source(IConfiguration configuration) => NpgsqlDataSource.Create(Text(configuration));

    /// <summary>The setting with what holds besides.</summary>
    public static string Text(IConfiguration configuration) => Defaults + ";" + configuration.GetConnectionString("Store");

    /// <summary>What is wrong with the setting; null when nothing is.</summary>
    public static string? FaultIn(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return $"ConnectionStrings:Store must say where the database is when Database:Provider is Postgres, such as {Example}.";
        }

        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(Defaults + ";" + setting);
            return string.IsNullOrWhiteSpace(parsed.Host) ? $"ConnectionStrings:Store must name the database's Host, such as {Example}."
                : string.IsNullOrWhiteSpace(parsed.Database) ? $"ConnectionStrings:Store must name the Database, such as {Example}."
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return $"ConnectionStrings:Store is not a connection string for PostgreSQL: {e.Message} It must be such as {Example}.";
        }
    }
}
