using Storefront.Languages;

namespace Storefront.Web.Store.Speech;

/// <summary>The shop's own name for itself, in the visitor's language.</summary>
public static class ShopWords
{
    /// <summary>The demo shop's line in the language; another shop's as its settings have it.</summary>
    public static string Tagline(this Words words, ShopOptions shop) => shop.Tagline == ShopOptions.DefaultTagline ? words["layout.tagline"] : shop.Tagline;
}
