using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Web.Account.Data;

/// <summary>
/// The staff, apart from the customers' accounts and from everything the shop keeps about its orders. On SQLite it has a file of its own, since the shop's has exactly one writer;
/// on PostgreSQL tables of its own in the shop's database.
/// </summary>
public abstract class StaffDb(DbContextOptions options) : IdentityUserContext<StaffMember, Guid>(options)
{
    /// <summary>EF Core's notes of what has been migrated, beside the shop's own.</summary>
    internal const string History = "__staff_history";

    private const int RoleLength = 16;

    /// <summary>Those who are asked in and have not come yet.</summary>
    public DbSet<StaffInvitation> Invitations => Set<StaffInvitation>();

    /// <summary>With passkeys; Identity makes its model by this setting of the services that the context is opened with.</summary>
    internal static void Choose(IdentityOptions identity) => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    /// <summary>For migrations, which are made without the shop's services.</summary>
    internal static IServiceProvider DesignTime() => new ServiceCollection().Configure<IdentityOptions>(Choose).BuildServiceProvider();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<StaffMember>(member =>
        {
            member.ToTable("staff_members");
            member.Property(m => m.Role).HasConversion<string>().HasMaxLength(RoleLength);
            member.Property(m => m.UsedCodes).HasMaxLength(StaffMember.MaxUsedCodes);
            member.HasIndex(m => m.NormalizedUserName).HasDatabaseName("ix_staff_members_user_name");
            // Whoever signs in may name either.
            member.HasIndex(m => m.NormalizedEmail).IsUnique().HasDatabaseName("ix_staff_members_email");
        });
        builder.Entity<StaffInvitation>(invitation =>
        {
            invitation.ToTable("staff_invitations");
            invitation.Property(i => i.Role).HasConversion<string>().HasMaxLength(RoleLength);
            invitation.Property(i => i.Email).HasMaxLength(256);
            invitation.HasOne<StaffMember>().WithMany().HasForeignKey(i => i.InvitedBy);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("staff_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("staff_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("staff_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("staff_passkeys");
    }
}
