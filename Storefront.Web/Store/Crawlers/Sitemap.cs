using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using Storefront.Languages;
using Storefront.Web.Store.Catalogue;
using Storefront.Web.Store.Goods;
using Storefront.Web.Store.Speech;

namespace Storefront.Web.Store.Crawlers;

/// <summary>Every page that search engines should know, each with its address in every language (sitemaps.org, with Google's alternates).</summary>
internal static class Sitemap
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    /// <param name="shop">The shop's address without a slash at the end.</param>
    /// <param name="goods">What it has.</param>
    public static XDocument Of(string shop, Assortment goods) => new(new XElement(Map + "urlset", new XAttribute(XNamespace.Xmlns + "xhtml", Html),
        Paths(goods).SelectMany(path => Entries(shop + path))));

    private static IEnumerable<string> Paths(Assortment goods) =>
    [
        "/",
        CatalogueFilter.Path,
        .. goods.Categories.Select(c => (new CatalogueFilter { Category = c }).Address),
        .. goods.Products.Select(p => $"/product/{p.Slug}"),
    ];

    /// <summary>The page as it is for everybody, then in each language; all of them name all.</summary>
    private static IEnumerable<XElement> Entries(string address)
    {
        (string Language, string Address)[] all =
        [
            .. Language.All.Select(l => (l.Code, QueryHelpers.AddQueryString(address, CustomersLanguage.Parameter, l.Code))),
            ("x-default", address),
        ];
        return all.Select(entry => new XElement(Map + "url", new XElement(Map + "loc", entry.Address), all.Select(other => new XElement(Html + "link",
            new XAttribute("rel", "alternate"), new XAttribute("hreflang", other.Language), new XAttribute("href", other.Address)))));
    }
}
