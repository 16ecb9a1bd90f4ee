using System.Globalization;
using Storefront.Orders;

namespace Storefront.Web.Account;

/// <summary>The e-mail address of a member of the staff, who need not have one.</summary>
internal static class StaffEmail
{
    /// <summary>The address, or null where none was typed; false: what was typed is none.</summary>
    public static bool TryRead(string? typed, out string? email)
    {
        email = typed?.Trim() is { Length: > 0 } text ? text : null;
        return email is null || (OrderRequest.IsEmail(email)
            && !email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format));
    }
}
