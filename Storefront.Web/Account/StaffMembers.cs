using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>
/// Identity's manager of the staff. It has rules of its own, since <see cref="IdentityOptions"/> are one for the whole process and those are the customers'; Identity's
/// sign-in manager is not used for the same reason: its schemes are.
/// </summary>
public sealed class StaffMembers(
    IUserStore<StaffMember> store, IPasswordHasher<StaffMember> hasher, IEnumerable<IUserValidator<StaffMember>> userRules, IEnumerable<IPasswordValidator<StaffMember>> passwordRules,
    ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<StaffMembers> log)
    : UserManager<StaffMember>(store, Microsoft.Extensions.Options.Options.Create(Rules()), hasher, userRules, passwordRules, normalizer, errors, services, log)
{
    /// <summary>The authenticator's codes, as Identity calls them.</summary>
    internal const string Authenticator = "Authenticator";

    /// <summary>Who is meant by what somebody typed to sign in: a name, or an e-mail address. Null: nobody.</summary>
    public async Task<StaffMember?> MeantByAsync(string? typed) =>
        (typed?.Trim() ?? "") is var text && text.Contains('@', StringComparison.Ordinal)
            ? StaffEmail.TryRead(text, out var email) && email is not null ? await FindByEmailAsync(email) : null
            : StaffName.TryRead(text, out var name) ? await FindByNameAsync(name) : null;

    /// <summary>Notes the key of a member's authenticator; it is kept with the next update of the member, and ends no session.</summary>
    internal Task GiveKeyAsync(StaffMember member, string key) => ((IUserAuthenticatorKeyStore<StaffMember>)Store).SetAuthenticatorKeyAsync(member, key, CancellationToken);

    /// <summary>Gives a member a password without asking for the one before. It ends their sessions.</summary>
    internal async Task<IdentityResult> SetPasswordAsync(StaffMember member, string password) =>
        await UpdatePasswordHash(member, password, validatePassword: true) is { Succeeded: false } refused ? refused : await UpdateAsync(member);

    /// <summary>Turns a member's second factor off and forgets all there was of it. It ends their sessions.</summary>
    internal async Task<IdentityResult> ForgetSecondFactorAsync(StaffDb db, StaffMember member)
    {
        await db.UserTokens.Where(t => t.UserId == member.Id).ExecuteDeleteAsync();
        return await SetTwoFactorEnabledAsync(member, enabled: false);
    }

    /// <summary>Forgets all of a member's passkeys. It ends their sessions.</summary>
    internal async Task<IdentityResult> ForgetPasskeysAsync(StaffDb db, StaffMember member)
    {
        await db.UserPasskeys.Where(p => p.UserId == member.Id).ExecuteDeleteAsync();
        return await UpdateSecurityStampAsync(member);
    }

    private static IdentityOptions Rules()
    {
        var rules = new IdentityOptions();
        // StaffName says which.
        rules.User.AllowedUserNameCharacters = "";
        // NIST SP 800-63B-4: length counts, and rules of composition make no better passwords.
        rules.Password.RequiredLength = NewPassword.Least;
        rules.Password.RequireDigit = rules.Password.RequireLowercase = rules.Password.RequireUppercase = rules.Password.RequireNonAlphanumeric = false;
        rules.Tokens.AuthenticatorTokenProvider = Authenticator;
        rules.Tokens.ProviderMap[Authenticator] = new(typeof(AuthenticatorTokenProvider<StaffMember>));
        return rules;
    }
}
