using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Storefront.Data;
using Storefront.Web.Account.Data;
using Storefront.Web.Account.Data.Postgres;
using Storefront.Web.Account.Data.Sqlite;
using Storefront.Web.Account.Invitations;
using Storefront.Web.Account.Passkeys;

namespace Storefront.Web.Account;

/// <summary>The members of the staff: ASP.NET Core Identity in a database of its own, beside that of the customers' accounts.</summary>
public static class StaffServices
{
    /// <summary>PBKDF2 with HMAC-SHA512: OWASP's least count (2023) for it, as for the customers' passwords.</summary>
    private const int Iterations = 210_000;

    public static IServiceCollection AddStaff(this IServiceCollection services)
    {
        services.AddShopOptions<StaffOptions>(StaffOptions.Section);
        services.AddDbContextFactory<SqliteStaffDb>((provider, options) =>
            SqliteStaffDb.Configure(options, provider.GetRequiredService<IOptions<DataOptions>>().Value.PathOf(StaffDb.File)));
        services.AddDbContextFactory<PostgresStaffDb>((provider, options) => PostgresStaffDb.Configure(options, provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(OpenDatabase);
        services.AddIdentityCore<StaffMember>().AddUserManager<StaffMembers>().AddEntityFrameworkStores<StaffDb>();
        services.AddTransient<AuthenticatorTokenProvider<StaffMember>>().AddScoped<IPasskeyHandler<StaffMember>, PasskeyHandler<StaffMember>>();
        services.Configure<IdentityOptions>(StaffDb.Choose).Configure<PasswordHasherOptions>(options => options.IterationCount = Iterations);
        services.AddSingleton<StaffStart>().AddSingleton<StaffRoster>().AddSingleton<StaffSessions>().AddSingleton(new Announcement(Console.WriteLine));
        services.AddSingleton<StaffChanges>().AddSingleton<StaffBook>().AddSingleton<OwnAccount>().AddSingleton<StaffPasskeys>();
        services.AddSingleton<InvitationLinks>().AddSingleton<StaffInvitations>().AddSingleton<InvitationMail>().AddSingleton<PasswordLinks>();
        services.AddScoped<FirstManager>().AddScoped<StaffSignIn>();
        return services;
    }

    private static StaffDb OpenDatabase(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.Postgres
            ? provider.GetRequiredService<IDbContextFactory<PostgresStaffDb>>().CreateDbContext()
            : provider.GetRequiredService<IDbContextFactory<SqliteStaffDb>>().CreateDbContext();
}
