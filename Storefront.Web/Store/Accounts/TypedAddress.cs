using System.Globalization;
using Storefront.Orders;

namespace Storefront.Web.Store.Accounts;

/// <summary>An e-mail address as somebody typed it.</summary>
internal static class TypedAddress
{
    /// <summary>The address, if it is one that may have an account: as for an order, and without what is not to be seen, or turns what stands around it.</summary>
    public static bool TryRead(string? typed, out string email)
    {
        email = typed?.Trim() ?? "";
        return OrderRequest.IsEmail(email) && !email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);
    }
}
