using System.ComponentModel.DataAnnotations;

namespace Storefront.Catalog;

/// <summary>Section <c>Catalog</c>: what is on the shelves when the shop opens for the first time.</summary>
public sealed class CatalogOptions
{
    public const string Section = "Catalog";

    /// <summary>At first start: this many of every product instead of the catalogue's own numbers.</summary>
    [Range(0, 1_000_000_000)]
    public int? OpeningStock { get; set; }

    /// <summary>A catalogue file to open the shop with; empty: the demo shop's own.</summary>
    public string? File { get; set; }
}
