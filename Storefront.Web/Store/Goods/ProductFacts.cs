using System.Globalization;
using System.Text.Json.Nodes;
using Storefront.Catalog;

namespace Storefront.Web.Store.Goods;

/// <summary>A product as search engines read it: JSON-LD in the vocabulary of schema.org.</summary>
/// <param name="Product">In the page's language.</param>
/// <param name="Shelf">Its category.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Picture">The picture's path from the web root.</param>
internal sealed record ProductFacts(Product Product, Category? Shelf, string Currency, string Picture)
{
    /// <summary>The content of a script element: the serializer escapes what could end one (<c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c>).</summary>
    /// <param name="absolute">Makes an address of a path.</param>
    /// <param name="catalogue">What the catalogue is called.</param>
    public string ToJson(Func<string, Uri> absolute, string catalogue) => new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@graph"] = new JsonArray(Goods(absolute), Crumbs(absolute, catalogue)),
    }.ToJsonString();

    private string Address => $"/product/{Product.Slug}";

    private JsonObject Goods(Func<string, Uri> absolute) => new()
    {
        ["@type"] = "Product",
        ["name"] = Product.Name,
        ["description"] = Product.Line,
        ["sku"] = Product.Id.ToString(CultureInfo.InvariantCulture),
        ["category"] = Shelf?.Name,
        ["image"] = absolute(Picture).AbsoluteUri,
        ["url"] = absolute(Address).AbsoluteUri,
        ["offers"] = new JsonObject
        {
            ["@type"] = "Offer",
            ["url"] = absolute(Address).AbsoluteUri,
            ["price"] = Money.ToMajor(Product.PriceMinor).ToString("0.00", CultureInfo.InvariantCulture),
            ["priceCurrency"] = Currency,
            ["availability"] = Product.Stock switch
            {
                _ when !Product.IsSold => "https://schema.org/Discontinued",
                0 => "https://schema.org/OutOfStock",
                <= Parts.StockNote.Few => "https://schema.org/LimitedAvailability",
                _ => "https://schema.org/InStock",
            },
            ["itemCondition"] = "https://schema.org/NewCondition",
        },
    };

    private JsonObject Crumbs(Func<string, Uri> absolute, string catalogue)
    {
        (string Name, string Address)[] way =
        [
            (catalogue, "/catalogue"),
            .. Shelf is null ? [] : new[] { (Shelf.Name, $"/catalogue?category={Shelf.Id}") },
            (Product.Name, Address),
        ];
        return new()
        {
            ["@type"] = "BreadcrumbList",
            ["itemListElement"] = new JsonArray([.. way.Select((step, i) => new JsonObject
            {
                ["@type"] = "ListItem",
                ["position"] = i + 1,
                ["name"] = step.Name,
                ["item"] = absolute(step.Address).AbsoluteUri,
            })]),
        };
    }
}
