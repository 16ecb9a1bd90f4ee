using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Web.Account.Passkeys;

namespace Storefront.Web.Account;

/// <summary>The staff's sign-in: who they are (<see cref="StaffServices"/>), the cookie of their session, and what a role opens.</summary>
public static class AccountServices
{
    public static IServiceCollection AddAccount(this IServiceCollection services)
    {
        services.AddStaff();
        services.AddSingleton<SignInLimit>();
        services.AddKeys();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Configure);
        services.AddAuthorization(OfficePolicy.Add);
        services.AddScoped<StaffPermit>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, StaffAuthenticationState>();
        return services;
    }

    /// <summary>Signing out, and the offers of passkeys; signing in is a page (<see cref="SignInPage"/>).</summary>
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        app.MapPost("/signout", SignOutAsync);
        app.MapStaffPasskeyOffers();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, StaffSessions sessions)
    {
        if (context.User.Identity?.IsAuthenticated == true && !await antiforgery.IsRequestValidAsync(context))
        {
            return Results.Text("This page is too old to sign out from. Go back, load it again, and sign out there.", statusCode: StatusCodes.Status400BadRequest);
        }

        var user = context.User;
        sessions.End(user);
        await context.SignOutAsync();
        // Not before the answer is out: the page that posted this has a circuit, too, and must not be sent away from the answer that deletes its cookie.
        context.Response.OnCompleted(() =>
        {
            sessions.Tell(user);
            return Task.CompletedTask;
        });
        return Results.LocalRedirect("/signin");
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "storefront.staff";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = StaffSessions.Lifetime;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = SignInPage.Address;
        cookie.AccessDeniedPath = DeniedPage.Address;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnValidatePrincipal = async context =>
        {
            if (!await context.HttpContext.RequestServices.GetRequiredService<StaffSessions>().IsValidAsync(context.Principal!, context.HttpContext.RequestAborted))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync();
            }
        };
    }

    /// <summary>The keys under cookies and forms lie in the data folder, or in the database that all processes share: a restart signs nobody out and spoils no open form, nor does another node.</summary>
    private static void AddKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("storefront");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<DataOptions>, SharedKeys, ILoggerFactory>((keys, data, shared, log) =>
        {
            if (shared.AreUsed)
            {
                keys.XmlRepository = new SharedXmlRepository(shared);
                return;
            }

            var folder = new DirectoryInfo(data.Value.PathOf("keys"));
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            keys.XmlRepository = new FileSystemXmlRepository(folder, log);
        });
    }
}
