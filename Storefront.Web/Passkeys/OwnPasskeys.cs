using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Web.Passkeys;

/// <summary>What holds for the passkeys of accounts of every kind.</summary>
public static class OwnPasskeys
{
    /// <summary>So many an account may have.</summary>
    public const int Most = 10;

    /// <summary>What stands for a passkey in an address.</summary>
    public static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    /// <summary>An account's, the oldest first.</summary>
    public static async Task<IReadOnlyList<UserPasskeyInfo>> ListPasskeysAsync<TUser>(this UserManager<TUser> users, TUser user)
        where TUser : class => [.. (await users.GetPasskeysAsync(user)).OrderBy(p => p.CreatedAt)];

    /// <summary>One of an account's, by what <see cref="IdOf"/> says of it; null: it has no such.</summary>
    public static async Task<UserPasskeyInfo?> FindPasskeyAsync<TUser>(this UserManager<TUser> users, TUser user, string id)
        where TUser : class => Base64Url.IsValid(id) && Base64Url.DecodeFromChars(id) is { Length: > 0 } credential ? await users.GetPasskeyAsync(user, credential) : null;

    /// <summary>Whether an account has as many as it may.</summary>
    public static async Task<bool> HasAllPasskeysAsync<TUser>(this UserManager<TUser> users, TUser user)
        where TUser : class => (await users.GetPasskeysAsync(user)).Count >= Most;
}

/// <summary>The passkeys of an account: for its owner to add to, to rename and to remove.</summary>
public sealed class OwnPasskeys<TUser>(UserManager<TUser> users, PasskeyCeremonies<TUser> ceremonies, IServiceScopeFactory scopes)
    where TUser : class
{
    /// <summary>Adds what the browser made. Null: it is there.</summary>
    public async Task<PasskeyFault?> AddAsync(TUser user, string name, PasskeyAnswer answer)
    {
        if (await users.HasAllPasskeysAsync(user))
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

        await TakeBackAsync(await users.GetUserIdAsync(user), passkey.CredentialId);
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

    /// <summary>Identity writes a passkey first and the account after it, which has changed meanwhile; as it is now it has to be read anew.</summary>
    private async Task TakeBackAsync(string id, byte[] credential)
    {
        await using var scope = scopes.CreateAsyncScope();
        var fresh = scope.ServiceProvider.GetRequiredService<UserManager<TUser>>();
        if (await fresh.FindByIdAsync(id) is { } user)
        {
            await TryAsync(() => fresh.RemovePasskeyAsync(user, credential));
        }
    }

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
