using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Storefront.Data;

/// <summary>The secrets in the database. Asked for when the shop opens, by those who cannot wait without holding up a thread.</summary>
public sealed class SharedKeys(IDbContextFactory<StoreDb> contexts, IOptions<DatabaseOptions> database)
{
    /// <summary>Whether secrets lie in the database: on PostgreSQL, where the shop may be several processes on several machines.</summary>
    public bool AreUsed => database.Value.Provider == DatabaseProvider.Postgres;

    /// <summary>The secret of that name; of several processes that make it at once, one makes it for all.</summary>
    public string GetOrAdd(string name, Func<string> make)
    {
        using var db = contexts.CreateDbContext();
        if (Find(db, name) is { } there)
        {
            return there;
        }

        Add(db, name, make());
        return Find(db, name)!;
    }

    /// <summary>Keeps a secret, unless there is one of that name.</summary>
    public void Add(string name, string content)
    {
        using var db = contexts.CreateDbContext();
        Add(db, name, content);
    }

    /// <summary>All secrets whose names begin like this.</summary>
    public IReadOnlyList<string> Under(string prefix)
    {
        using var db = contexts.CreateDbContext();
        return [.. db.Set<SharedKey>().Where(k => k.Name.StartsWith(prefix)).OrderBy(k => k.Name).Select(k => k.Content)];
    }

    private static string? Find(StoreDb db, string name) => db.Set<SharedKey>().Where(k => k.Name == name).Select(k => k.Content).FirstOrDefault();

    private static void Add(StoreDb db, string name, string content) =>
        db.Database.ExecuteSql($"INSERT INTO shared_keys (name, content) VALUES ({name}, {content}) ON CONFLICT DO NOTHING");
}
