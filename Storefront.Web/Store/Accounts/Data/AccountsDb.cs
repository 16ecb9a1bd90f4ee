using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Web.Store.Accounts.Data;

/// <summary>
/// The customers' accounts, apart from everything the shop keeps about its orders. On SQLite they have a file of their own, since the shop's has exactly one writer;
/// on PostgreSQL tables of their own in the shop's database.
/// </summary>
public abstract class AccountsDb(DbContextOptions options) : IdentityUserContext<CustomerAccount, Guid>(options)
{
    /// <summary>EF Core's notes of what has been migrated, beside the shop's own.</summary>
    internal const string History = "__accounts_history";

    /// <summary>With passkeys; Identity makes its model by this setting of the services that the context is opened with.</summary>
    internal static void Choose(IdentityOptions identity) => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    /// <summary>For migrations, which are made without the shop's services.</summary>
    internal static IServiceProvider DesignTime() => new ServiceCollection().Configure<IdentityOptions>(Choose).BuildServiceProvider();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<CustomerAccount>(account =>
        {
            account.ToTable("accounts");
            account.HasIndex(a => a.NormalizedUserName).HasDatabaseName("ix_accounts_user_name");
            account.HasIndex(a => a.NormalizedEmail).HasDatabaseName("ix_accounts_email");
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("account_passkeys");
    }
}
