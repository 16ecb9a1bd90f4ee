using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Web.Passkeys;

/// <summary>
/// The two ceremonies of WebAuthn, each in two halves: an offer for the browser, and what the browser answers. Making a passkey, for an account that is signed in;
/// using one, by whoever has it.
/// </summary>
/// <typeparam name="TUser">The accounts. What was offered for one kind is good for no other.</typeparam>
public sealed partial class PasskeyCeremonies<TUser>(
    IPasskeyHandler<TUser> handler, UserManager<TUser> users, IHttpContextAccessor http, PasskeySeal seal, ILogger<PasskeyCeremonies<TUser>> log)
    where TUser : class
{
    private static readonly string Making = $"{typeof(TUser).Name}.make";
    private static readonly string Using = $"{typeof(TUser).Name}.use";

    private HttpContext Http => http.HttpContext ?? throw new InvalidOperationException("Passkeys belong to a request: the site's name comes from it.");

    /// <summary>Offers to make a passkey for an account.</summary>
    /// <param name="user">The account.</param>
    /// <param name="shown">What the browser calls it, where its passkeys are listed.</param>
    public async Task<PasskeyOffer> OfferToMakeAsync(TUser user, string shown)
    {
        var entity = new PasskeyUserEntity { Id = await users.GetUserIdAsync(user), Name = shown, DisplayName = shown };
        var options = await handler.MakeCreationOptionsAsync(entity, Http);
        return new(options.CreationOptionsJson, seal.Close(Making, options.AttestationState!));
    }

    /// <summary>Offers to use whatever passkey the browser has for this site. No account is asked for, so none is given away.</summary>
    public async Task<PasskeyOffer> OfferToUseAsync()
    {
        var options = await handler.MakeRequestOptionsAsync(user: null, Http);
        return new(options.RequestOptionsJson, seal.Close(Using, options.AssertionState!));
    }

    /// <summary>The passkey that was made for <paramref name="user"/>, not kept yet; or why it is not taken.</summary>
    public async Task<(UserPasskeyInfo? Passkey, PasskeyFault? Fault)> MadeAsync(TUser user, PasskeyAnswer answer)
    {
        if (FaultIn(answer, Making, out var state, out var id) is { } fault)
        {
            return (null, fault);
        }

        var result = await handler.PerformAttestationAsync(new() { CredentialJson = answer.Credential!, AttestationState = state, HttpContext = Http });
        if (!result.Succeeded)
        {
            Log.Refused(log, result.Failure.Message);
            return (null, id is not null && await users.FindByPasskeyIdAsync(id) is not null ? PasskeyFault.Known : PasskeyFault.Refused);
        }

        // Offered to somebody else, who was signed in in this browser before.
        return result.UserEntity.Id == await users.GetUserIdAsync(user) ? (result.Passkey, null) : (null, PasskeyFault.Stale);
    }

    /// <summary>The account whose passkey was used, which is noted with the passkey; or why it is not taken.</summary>
    public async Task<(TUser? User, PasskeyFault? Fault)> UsedAsync(PasskeyAnswer answer)
    {
        if (FaultIn(answer, Using, out var state, out var id) is { } fault)
        {
            return (null, fault);
        }

        var result = await handler.PerformAssertionAsync(new() { CredentialJson = answer.Credential!, AssertionState = state, HttpContext = Http });
        if (!result.Succeeded)
        {
            Log.Refused(log, result.Failure.Message);
            return (null, id is not null && await users.FindByPasskeyIdAsync(id) is null ? PasskeyFault.Unknown : PasskeyFault.Refused);
        }

        try
        {
            return (await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey)).Succeeded ? (result.User, null) : (null, PasskeyFault.Stale);
        }
        catch (DbUpdateException)
        {
            // Removed meanwhile, or the account with it.
            return (null, PasskeyFault.Unknown);
        }
    }

    private PasskeyFault? FaultIn(PasskeyAnswer answer, string use, out string? state, out byte[]? id)
    {
        (state, id) = (null, null);
        if (answer.Credential?.Length > PasskeyAnswer.Most)
        {
            return PasskeyFault.TooLarge;
        }

        state = seal.Open(use, answer.State);
        if (state is null)
        {
            return PasskeyFault.Stale;
        }

        id = IdIn(answer.Credential);
        return id is null ? PasskeyFault.Refused : null;
    }

    /// <summary>The credential's id; null: there is none, so it is no credential.</summary>
    private static byte[]? IdIn(string? credential)
    {
        try
        {
            using var json = JsonDocument.Parse(credential ?? "");
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                ? Base64Url.DecodeFromChars(id.GetString())
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "A passkey was refused: {Reason}")]
        public static partial void Refused(ILogger log, string reason);
    }
}
