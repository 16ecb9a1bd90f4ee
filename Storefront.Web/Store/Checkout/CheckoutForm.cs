using Storefront.Languages;
using Storefront.Orders;
using Storefront.Web.Store.Cart;

namespace Storefront.Web.Store.Checkout;

/// <summary>
/// What the checkout posts. The goods and the key that makes one order of them travel in <see cref="Basket"/>, not in the cookie: what is ordered is what the page showed.
/// </summary>
public sealed class CheckoutForm
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Street { get; set; }
    public string? City { get; set; }
    public string? Postcode { get; set; }
    public string? Country { get; set; }
    public string? Note { get; set; }

    /// <summary>The basket that this form orders, as <see cref="Cart.Basket.ToString"/> writes it.</summary>
    public string? Basket { get; set; }

    public OrderRequest RequestFor(Basket basket, Language language) => new(
        // Browsers send line ends as CR LF.
        new Customer(Name ?? "", Email, Note?.ReplaceLineEndings("\n"))
        {
            Address = new Address(Street ?? "", City ?? "", Postcode ?? "", Country ?? ""),
        },
        basket.Amounts)
    {
        Language = language.Code,
        SeenPrices = basket.SeenPrices,
    };
}
