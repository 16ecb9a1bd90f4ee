using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Web.Passkeys;

/// <summary>The passkeys of an account: for its owner to see, to add to, to rename and to remove.</summary>
public sealed class OwnPasskeys<TUser>(UserManager<TUser> users, PasskeyCeremonies<TUser> ceremonies)
    where TUser : class
{
    /// <summary>So many an account may have.</summary>
    public const int Most = 10;

    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<UserPasskeyInfo>> ListAsync(TUser user) => [.. (await users.GetPasskeysAsync(user)).OrderBy(p => p.CreatedAt)];

    /// <summary>One of the account's, by what <see cref="IdOf"/> says of it; null: it has no such.</summary>
    public async Task<UserPasskeyInfo?> FindAsync(TUser user, string id) =>
        Base64Url.IsValid(id) && Base64Url.DecodeFromChars(id) is { Length: > 0 } credential ? await users.GetPasskeyAsync(user, credential) : null;

    /// <summary>What stands for a passkey in an address.</summary>
    public static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    public async Task<bool> AreTooManyAsync(TUser user) => (await users.GetPasskeysAsync(user)).Count >= Most;

    /// <summary>Adds what the browser made. Null: it is there.</summary>
    public async Task<PasskeyFault?> AddAsync(TUser user, string name, PasskeyAnswer answer)
    {
        if (await AreTooManyAsync(user))
        {
            return PasskeyFault.TooMany;
        }

        var (passkey, fault) = await ceremonies.MadeAsync(user, answer);
        if (passkey is null)
        {
            return fault;
        }

        passkey.Name = name;
        if (await TryAsync(() => users.AddOrUpdatePasskeyAsync(user, passkey)))
        {
            return null;
        }

        // Identity writes the passkey first and the account, which has changed meanwhile, after it.
        await TryAsync(() => users.RemovePasskeyAsync(user, passkey.CredentialId));
        return PasskeyFault.Stale;
    }

    /// <summary>Renames one; false: the account, or the passkey, has changed meanwhile.</summary>
    public Task<bool> RenameAsync(TUser user, UserPasskeyInfo passkey, string name)
    {
        passkey.Name = name;
        return TryAsync(() => users.AddOrUpdatePasskeyAsync(user, passkey));
    }

    /// <summary>Removes one and ends every session of the account: whoever came in by it is out. False: the account has changed meanwhile.</summary>
    public async Task<bool> RemoveAsync(TUser user, UserPasskeyInfo passkey) =>
        (await users.UpdateSecurityStampAsync(user)).Succeeded && await TryAsync(() => users.RemovePasskeyAsync(user, passkey.CredentialId));

    private static async Task<bool> TryAsync(Func<Task<IdentityResult>> change)
    {
        try
        {
            return (await change()).Succeeded;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }
}
