using Microsoft.AspNetCore.Identity;

namespace Storefront.Web.Passkeys;

/// <summary>
/// Passkeys (WebAuthn) for any accounts of ASP.NET Core Identity: customers' and staff's alike. Identity does the cryptography; here is what surrounds it.
/// </summary>
public static class PasskeyServices
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // The browser lists the passkeys by itself: nobody types who they are.
            options.ResidentKeyRequirement = "required";
            // A passkey stands in for address and password, so the device makes sure who holds it.
            options.UserVerificationRequirement = "required";
            options.ValidateOrigin = context => ValueTask.FromResult(IsOwn(context));
        });
        return services.AddSingleton<PasskeySeal>().AddScoped(typeof(PasskeyCeremonies<>)).AddScoped(typeof(OwnPasskeys<>));
    }

    /// <summary>
    /// Whether the browser was at this very shop. Identity's own check compares with the header Origin, which whoever passes a stolen answer on writes as they like;
    /// another host of the same domain could then stand in for the shop. The scheme is not compared: a proxy in front may have taken the encryption off, and browsers
    /// have passkeys only in secure contexts.
    /// </summary>
    private static bool IsOwn(PasskeyOriginValidationContext context) =>
        !context.CrossOrigin && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
        && string.Equals(origin.Authority, context.HttpContext.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
