using System.Data.Common;
using Storefront.Data.Postgres;

namespace Storefront.Data;

/// <summary>How the database is.</summary>
/// <param name="Since">When it came to this state.</param>
/// <param name="Trouble">What is the matter with it; null: it answers.</param>
public sealed record DatabaseView(DateTimeOffset Since, string? Trouble)
{
    public bool IsWell => Trouble is null;
}

/// <summary>What those who use the database saw of it last. It asks the database nothing by itself.</summary>
public sealed class DatabaseStatus(TimeProvider time)
{
    private readonly Lock _changing = new();
    private volatile DatabaseView _now = new(time.GetUtcNow(), null);

    public DatabaseView Now => _now;

    /// <summary>It did what it was asked to do.</summary>
    public void Worked()
    {
        if (!_now.IsWell)
        {
            Set(null);
        }
    }

    /// <summary>It failed at what it was asked to do; the reason is for a person.</summary>
    public void Failed(string trouble) => Set(trouble);

    /// <summary>The same of an exception out of it; one that only says that a rule was broken tells nothing of its health.</summary>
    public void Failed(Exception fault)
    {
        if (TroubleIn(fault) is { } trouble)
        {
            Set(trouble.Message);
        }
    }

    /// <summary>What the database says in an exception or in one that wraps it; null when there is nothing of it there, or only that a rule was broken.</summary>
    public static DbException? TroubleIn(Exception fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (e is DbException trouble)
            {
                return IsBrokenRule(trouble) ? null : trouble;
            }
        }

        return null;
    }

    private static bool IsBrokenRule(DbException e) =>
        e is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19 /* SQLITE_CONSTRAINT */ } || PostgresFault.IsBrokenRule(e);

    private void Set(string? trouble)
    {
        lock (_changing)
        {
            var before = _now;
            _now = new(before.IsWell == (trouble is null) ? before.Since : time.GetUtcNow(), trouble);
        }
    }
}
