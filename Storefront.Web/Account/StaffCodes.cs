using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>The codes of a member's authenticator (RFC 6238), each of which is taken once.</summary>
internal static class StaffCodes
{
    /// <summary>Codes remembered. Identity takes five at any time, the present one and two to either side; before the oldest remembered one is forgotten, it has run out.</summary>
    private const int Remembered = 10;

    /// <summary>Whether a code is right and was not taken before; it is taken now.</summary>
    public static async Task<bool> TakeAsync(StaffMembers members, StaffMember member, string code)
    {
        var used = (member.UsedCodes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (code.Length != 6 || used.Contains(code) || !await members.VerifyTwoFactorTokenAsync(member, StaffMembers.Authenticator, code))
        {
            return false;
        }

        member.UsedCodes = string.Join(' ', used.Prepend(code).Take(Remembered));
        // Of two at a time with one code, the database lets one through.
        return (await members.UpdateAsync(member)).Succeeded;
    }
}
