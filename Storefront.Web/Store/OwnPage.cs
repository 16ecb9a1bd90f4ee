namespace Storefront.Web.Store;

/// <summary>Where a form's answer leads: a page of this shop and nothing else, whatever the form says.</summary>
public static class OwnPage
{
    /// <summary>The address if it is one of this shop's, else <paramref name="otherwise"/>.</summary>
    public static string Or(string? address, string otherwise) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.All(c => c is > ' ' and < '\x7f' and not '#' and not '\\') ? address : otherwise;
}
