using System.ComponentModel.DataAnnotations;

namespace Storefront.Data;

/// <summary>Section <c>Data</c>: where the shop keeps what it writes.</summary>
public sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>Folder of database, print spool, neighbours' books, keys and secrets; relative to the working directory.</summary>
    [Required]
    public string Folder { get; set; } = ".data";

    /// <summary>The absolute path of a file in the data folder; the folder it lies in exists afterwards.</summary>
    public string PathOf(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Folder, .. parts]));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}

/// <summary>Which databases the shop can run on.</summary>
public enum DatabaseProvider { Sqlite, Postgres }

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>SQLite, a file of the shop's own, means one process; PostgreSQL is named by <c>ConnectionStrings:Store</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;
}
