using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Storefront.Tests.Data.Plans;

/// <summary>A step that gets slower with the number of orders kept, and the statement it belongs to.</summary>
internal sealed record PlanFault(string Step, string Sql)
{
    public override string ToString() => $"{Step}: {Sql}";
}

/// <summary>How SQLite means to run a statement, and what in it grows with the number of orders kept.</summary>
internal sealed partial class QueryPlan
{
    /// <summary>Tables that may be read as a whole: what the shop sells, and who works in it. They do not grow with what it sold.</summary>
    private static readonly string[] Small = ["products", "categories", "department_controls", "__EFMigrationsHistory", "__EFMigrationsLock", "sqlite_master"];

    private readonly string _sql;
    private readonly List<string> _steps = [];
    private readonly ILookup<string, string> _tables;

    private QueryPlan(string sql) => (_sql, _tables) = (sql, Named().Matches(sql).SelectMany(
        m => new[] { m.Groups["table"].Value, m.Groups["alias"].Value }.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).Select(name => (Name: name, Table: m.Groups["table"].Value)))
        .ToLookup(n => n.Name, n => n.Table, StringComparer.Ordinal));

    /// <summary>Asks the database; null for statements that have no plan (transactions, pragmas, tables being made).</summary>
    public static QueryPlan? Of(SqliteConnection database, string sql)
    {
        if (!Planned().IsMatch(sql))
        {
            return null;
        }

        using var command = database.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Parameter().Matches(sql).Select(m => m.Value).Distinct(StringComparer.Ordinal))
        {
            command.Parameters.AddWithValue(name, DBNull.Value);
        }

        var plan = new QueryPlan(sql);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            plan._steps.Add(rows.GetString(3));
        }

        return plan;
    }

    /// <summary>What would get slower with every order: reading a table or an index from end to end, sorting, or making an index for this one query.</summary>
    public IReadOnlyList<PlanFault> Faults => [.. _steps.Where(IsFault).Select(step => new PlanFault(step, Space().Replace(_sql, " ").Trim()))];

    private bool IsFault(string step) =>
        Scan().Match(step) is { Success: true } scan ? IsLarge(scan.Groups["name"].Value) && !IsFirstFewOf(step)
        : step.Contains("AUTOMATIC", StringComparison.Ordinal)
        || (step.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal) && _tables.SelectMany(t => t).Any(t => !Small.Contains(t, StringComparer.Ordinal)));

    /// <summary>Along an index without any condition, as far as a limit: that ends after so many entries, wherever it is.</summary>
    private bool IsFirstFewOf(string step) =>
        step.Contains("USING", StringComparison.Ordinal) && _sql.Contains("LIMIT", StringComparison.OrdinalIgnoreCase) && !_sql.Contains("WHERE", StringComparison.OrdinalIgnoreCase);

    private bool IsLarge(string name) => _tables[name].Any(table => !Small.Contains(table, StringComparer.Ordinal));

    [GeneratedRegex("""^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Planned();

    [GeneratedRegex("""@\w+""", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("""^SCAN (?<name>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scan();

    [GeneratedRegex("""\b(FROM|JOIN|UPDATE|INTO)\s+"?(?<table>\w+)"?(\s+AS)?(\s+"?(?!(SET|WHERE|ORDER|GROUP|LEFT|INNER|JOIN|ON|LIMIT|VALUES|RETURNING)\b)(?<alias>\w+)"?)?""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex("""\s+""", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
