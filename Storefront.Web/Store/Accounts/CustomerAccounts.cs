using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Storefront.Data;
using Storefront.Departments.Mail;
using Storefront.Departments.Mail.Paper;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.Accounts.Data.Postgres;
using Storefront.Web.Store.Accounts.Data.Sqlite;

namespace Storefront.Web.Store.Accounts;

/// <summary>
/// The customers' accounts: ASP.NET Core Identity with a cookie of its own, which the back office does not know (and the staff's is unknown here).
/// They are on while the shop can write mail.
/// </summary>
public static class CustomerAccounts
{
    /// <summary>PBKDF2 with HMAC-SHA512: OWASP's least count (2023) for it, as for the staff's password.</summary>
    private const int Iterations = 210_000;

    public static IServiceCollection AddCustomerAccounts(this IServiceCollection services)
    {
        services.AddDbContextFactory<SqliteAccountsDb>((provider, options) =>
            SqliteAccountsDb.Configure(options, provider.GetRequiredService<IOptions<DataOptions>>().Value.PathOf("accounts.db")));
        services.AddDbContextFactory<PostgresAccountsDb>((provider, options) => PostgresAccountsDb.Configure(options, provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(OpenDatabase);
        services.AddIdentityCore<CustomerAccount>(Rules).AddEntityFrameworkStores<AccountsDb>().AddSignInManager().AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Iterations);
        services.AddAuthentication().AddCookie(CustomerSession.Scheme, CustomerSession.Configure);
        services.AddSingleton<AccountsStart>().AddSingleton<AccountLinks>().AddSingleton<AccountPace>().AddSingleton<AccountMailWriter>();
        services.AddSingleton<AccountPost>().AddHostedService(provider => provider.GetRequiredService<AccountPost>());
        services.AddScoped<AccountForms>().AddScoped<SignedInCustomer>().AddScoped<KnownCustomer>();
        return services;
    }

    /// <summary>Comes where the endpoint is known: without mail there are no such pages.</summary>
    public static void UseCustomerAccounts(this WebApplication app)
    {
        // Not asked before the settings are checked, which names all that are wrong.
        var mail = app.Services.GetRequiredService<IOptions<MailOptions>>();
        app.UseWhen(context => IsAccountPage(context) && !mail.Value.IsOn, pages => pages.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
    }

    private static bool IsAccountPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<NeedsMailAttribute>() is not null;

    private static AccountsDb OpenDatabase(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.Postgres
            ? provider.GetRequiredService<IDbContextFactory<PostgresAccountsDb>>().CreateDbContext()
            : provider.GetRequiredService<IDbContextFactory<SqliteAccountsDb>>().CreateDbContext();

    private static void Rules(IdentityOptions identity)
    {
        AccountsDb.Choose(identity);
        // An address is the name; which characters it may have is for those who deliver to it.
        identity.User.AllowedUserNameCharacters = "";
        identity.User.RequireUniqueEmail = true;
        identity.SignIn.RequireConfirmedEmail = true;
        // NIST SP 800-63B-4: length counts, and rules of composition make no better passwords.
        identity.Password.RequiredLength = ChosenPassword.Least;
        identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
    }
}
