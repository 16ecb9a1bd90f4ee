using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Tests.Shop;

/// <summary>What a test does to a shop's database behind its back, in the words of either database.</summary>
internal static class Sabotage
{
    /// <summary>From now on the database refuses to change an order, as by a rule.</summary>
    public static Task RefuseOrdersAsync(this StoreDb db, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(db.Database.IsSqlite()
        ? "CREATE TRIGGER refuse BEFORE UPDATE ON orders BEGIN SELECT RAISE(ABORT, 'out of order'); END"
        : """
          CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'out of order' USING ERRCODE = 'integrity_constraint_violation'; END $$;
          CREATE TRIGGER refuse BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION refuse();
          """, cancellationToken);

    /// <summary>Ends <see cref="RefuseOrdersAsync"/>.</summary>
    public static Task TakeOrdersAsync(this StoreDb db, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(
        db.Database.IsSqlite() ? "DROP TRIGGER refuse" : "DROP TRIGGER refuse ON orders; DROP FUNCTION refuse()", cancellationToken);

    /// <summary>From now on whatever gets into the outbox is kept aside as well.</summary>
    public static Task KeepOutboxAsync(this StoreDb db, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(db.Database.IsSqlite()
        ? """
          CREATE TABLE kept AS SELECT * FROM outbox WHERE 0;
          CREATE TRIGGER keep AFTER INSERT ON outbox BEGIN INSERT INTO kept SELECT * FROM outbox WHERE id = NEW.id; END;
          """
        : """
          CREATE TABLE kept AS SELECT * FROM outbox WHERE false;
          CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO kept SELECT NEW.*; RETURN NULL; END $$;
          CREATE TRIGGER keep AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION keep();
          """, cancellationToken);

    /// <summary>Puts into the outbox once more what was kept aside, the newest first; says how many rows that were.</summary>
    public static async Task<int> RepeatOutboxAsync(this StoreDb db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlRawAsync(db.Database.IsSqlite() ? "DROP TRIGGER keep" : "DROP TRIGGER keep ON outbox", cancellationToken);
        await db.Database.ExecuteSqlRawAsync("UPDATE kept SET id = id + 1000000", cancellationToken);
        return await db.Database.ExecuteSqlRawAsync("INSERT INTO outbox SELECT * FROM kept ORDER BY id DESC", cancellationToken);
    }
}
