namespace Storefront.Catalog;

/// <summary>One of the goods: what it is, what it costs, and how many are on the shelf.</summary>
public sealed class Product
{
    public required int Id { get; init; }

    /// <summary>The name in addresses and picture files: lower case, digits and dashes.</summary>
    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required string CategoryId { get; init; }

    /// <summary>Price of one, in minor units of the shop's currency.</summary>
    public required long PriceMinor { get; init; }

    /// <summary>Pieces on the shelf; never negative (also a check constraint). Changed only by <see cref="Shelf"/>.</summary>
    public required int Stock { get; init; }

    /// <summary>Where the warehouse finds it.</summary>
    public required string Bin { get; init; }

    /// <summary>One line for cards and lists.</summary>
    public required string Line { get; init; }

    /// <summary>Paragraphs, parted by an empty line.</summary>
    public required string Description { get; init; }

    /// <summary>Facts for the product page, name and value, in the order to show them.</summary>
    public required Dictionary<string, string> Details { get; init; }

    /// <summary>The picture, relative to the web root.</summary>
    public string Picture => $"products/{Slug}.svg";
}

/// <summary>A group of goods in the catalogue.</summary>
public sealed class Category
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Line { get; init; }

    /// <summary>Place in menus, from 0.</summary>
    public required int Position { get; init; }
}
