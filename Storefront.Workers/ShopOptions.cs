using System.ComponentModel.DataAnnotations;

namespace Storefront;

/// <summary>Section <c>Shop</c>: whose shop this is. Another shop is a change of these and of the catalogue file.</summary>
public sealed class ShopOptions
{
    public const string Section = "Shop";

    /// <summary>The demo shop's own, which the language files translate.</summary>
    public const string DefaultTagline = "Hedgerow provisions, hopped to your door";

    [Required, StringLength(60, MinimumLength = 1)]
    public string Name { get; set; } = "Hopwick";

    [Required, StringLength(120)]
    public string Tagline { get; set; } = DefaultTagline;

    /// <summary>ISO 4217 code of every price in the shop.</summary>
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Shop:Currency must be a three-letter ISO 4217 code such as EUR.")]
    public string Currency { get; set; } = "EUR";
}
