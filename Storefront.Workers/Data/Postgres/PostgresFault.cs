using System.Net.Sockets;
using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>What PostgreSQL's errors mean to the shop; by the classes of its manual's appendix "PostgreSQL Error Codes".</summary>
internal static class PostgresFault
{
    /// <summary>The first two characters of errors that lie in what was written, and come again with it: data exceptions, constraints, limits of a value.</summary>
    private static readonly string[] Rules = ["22", "23", "54"];

    /// <summary>The server is well, but would not have this: a rule was broken.</summary>
    public static bool IsBrokenRule(Exception e) => e is PostgresException { SqlState: { } state } && Rules.Any(rule => state.StartsWith(rule, StringComparison.Ordinal));

    /// <summary>Another transaction was in the way, and had it been a moment earlier or later, would not have been: the same again sees what that one wrote.</summary>
    public static bool IsCollision(Exception e) => StateIn(e) is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Something unique is there already. Perhaps since a moment ago, in which case the same again finds it.</summary>
    public static bool IsRepeat(Exception e) => StateIn(e) is PostgresErrorCodes.UniqueViolation;

    /// <summary>A row would have become one that its table's checks do not allow.</summary>
    public static bool IsRefusal(Exception e) => StateIn(e) is PostgresErrorCodes.CheckViolation;

    /// <summary>The server has no connection to spare, nor has anything begun.</summary>
    public static bool IsFull(Exception e) => StateIn(e) is PostgresErrorCodes.TooManyConnections;

    /// <summary>The connection is gone: the server has ended, or has ended it.</summary>
    public static bool IsLost(Exception e) => StateIn(e) is { } state
        ? state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or "25P03" /* stood still within a transaction */
        : Chain(e).Any(f => f is NpgsqlException { InnerException: IOException or SocketException });

    /// <summary>What keeps the shop from starting, and the cure, for <see cref="StartFault"/>.</summary>
    public static string Explain(NpgsqlException e) => "ConnectionStrings:Store: " + (e switch
    {
        PostgresException { SqlState: ['2', '8', ..] } p => $"the database server does not let the shop in: {p.MessageText}. Correct Username and Password there.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } p => $"{p.MessageText}. Create it with createdb, or name one that is there as Database.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } p => $"the shop's user may not do what it must in the database: {p.MessageText}. Make it the database's owner.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } p => $"the database server takes no more connections: {p.MessageText}. Raise its max_connections, or lower Maximum Pool Size of those who use it.",
        PostgresException p => $"the database cannot be opened: {p.MessageText}.",
        _ => $"the database server cannot be reached: {e.Message}{(e.InnerException is { } why ? $" ({why.Message})" : "")}. Start it, or correct Host and Port there.",
    });

    private static string? StateIn(Exception e) => Chain(e).OfType<PostgresException>().FirstOrDefault()?.SqlState;

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (var fault = e; fault is not null; fault = fault.InnerException)
        {
            yield return fault;
        }
    }
}
