namespace Storefront.Languages;

/// <summary>What the goods are called in a language. Goods without an entry keep the catalogue's own text: somebody else's shop needs none.</summary>
/// <param name="Categories">By the category's id.</param>
/// <param name="Products">By the product's name in the catalogue file.</param>
public sealed record GoodsNames(IReadOnlyDictionary<string, GoodsNames.CategoryText> Categories, IReadOnlyDictionary<string, GoodsNames.ProductText> Products)
{
    public static GoodsNames None { get; } = new(new Dictionary<string, CategoryText>(), new Dictionary<string, ProductText>());

    public sealed record CategoryText(string Name, string Line);

    /// <param name="Name">On cards, in the basket and on the order's page.</param>
    /// <param name="Line">One line for cards and lists.</param>
    /// <param name="Description">Paragraphs, parted by an empty line.</param>
    /// <param name="Details">Facts, name and value, in the order to show them.</param>
    public sealed record ProductText(string Name, string Line, string Description, Dictionary<string, string> Details);
}
