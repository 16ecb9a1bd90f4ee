namespace Storefront.Catalog;

/// <summary>One of the goods: what it is, what it costs, and how many are on the shelf.</summary>
public sealed record Product
{
    /// <summary>What stands in for a picture where nobody has made one.</summary>
    public const string NoPicture = "no-picture.svg";

    public required int Id { get; init; }

    /// <summary>The name in addresses: lower case, digits and dashes.</summary>
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

    /// <summary>Grows by one with every edit by the staff. What orders take and bring back is none.</summary>
    public long Version { get; init; }

    /// <summary>When the staff last edited it; null: never.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Who did.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>Since when it is no longer sold; null: it is.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Its name in the catalogue file, under which its drawing and the languages' texts are found; null for goods that came later.</summary>
    public string? CatalogueName { get; init; }

    /// <summary>Which of its texts the staff has written anew, so that no language has a translation of them.</summary>
    public OwnTexts OwnTexts { get; init; }

    /// <summary>Which <see cref="ProductPicture"/> it has; null: its drawing.</summary>
    public string? PictureHash { get; init; }

    /// <summary>Whether it can be ordered, as far as there is any.</summary>
    public bool IsSold => ArchivedAt is null;

    /// <summary>The picture of its page, relative to the web root.</summary>
    public string Picture => PictureHash is null ? Drawing : ProductPicture.PathOf(PictureHash);

    /// <summary>The same, small: for cards and baskets.</summary>
    public string CardPicture => PictureHash is null ? Drawing : ProductPicture.CardPathOf(PictureHash);

    private string Drawing => CatalogueName is null ? NoPicture : $"products/{CatalogueName}.svg";
}

/// <summary>Texts of a product. As numbers they lie in the database.</summary>
[Flags]
public enum OwnTexts
{
    None = 0,
    Name = 1,
    Line = 2,
    Description = 4,
    Details = 8,
    All = Name | Line | Description | Details,
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
