using Microsoft.EntityFrameworkCore;
using Storefront.Data.Postgres;
using Storefront.Data.Sqlite;
using Storefront.Web.Account.Data.Postgres;
using Storefront.Web.Account.Data.Sqlite;
using Storefront.Web.Store.Accounts.Data.Postgres;
using Storefront.Web.Store.Accounts.Data.Sqlite;

namespace Storefront.Tests.Data;

/// <summary>What is mapped and what the migrations make are the same, on each database; no server is asked.</summary>
public sealed class The_model
{
    [Fact]
    public void Has_all_its_migrations_on_SQLite() => HasPending(new SqliteDesignTime().CreateDbContext([])).ShouldBeFalse();

    [Fact]
    public void Has_all_its_migrations_on_PostgreSQL() => HasPending(new PostgresDesignTime().CreateDbContext([])).ShouldBeFalse();

    [Fact]
    public void Of_the_accounts_has_all_its_migrations_on_SQLite() => HasPending(new SqliteAccountsDesignTime().CreateDbContext([])).ShouldBeFalse();

    [Fact]
    public void Of_the_accounts_has_all_its_migrations_on_PostgreSQL() => HasPending(new PostgresAccountsDesignTime().CreateDbContext([])).ShouldBeFalse();

    [Fact]
    public void Of_the_staff_has_all_its_migrations_on_SQLite() => HasPending(new SqliteStaffDesignTime().CreateDbContext([])).ShouldBeFalse();

    [Fact]
    public void Of_the_staff_has_all_its_migrations_on_PostgreSQL() => HasPending(new PostgresStaffDesignTime().CreateDbContext([])).ShouldBeFalse();

    private static bool HasPending(DbContext db)
    {
        using (db)
        {
            return db.Database.HasPendingModelChanges();
        }
    }
}
