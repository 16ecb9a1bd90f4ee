using System.Text.Json;
using System.Text.Json.Serialization;

namespace Storefront.Catalog;

/// <summary>The catalogue as data: categories and products, read once when the shop opens for the first time.</summary>
public sealed record CatalogueFile(IReadOnlyList<CatalogueFile.CategoryEntry> Categories, IReadOnlyList<CatalogueFile.ProductEntry> Products)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Reads <paramref name="path"/>, or the demo shop's catalogue when it is empty.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read or contradicts itself; the message names where and how.</exception>
    public static CatalogueFile Read(string? path)
    {
        var name = string.IsNullOrWhiteSpace(path) ? "the built-in catalogue" : path;
        try
        {
            using var stream = string.IsNullOrWhiteSpace(path)
                ? typeof(CatalogueFile).Assembly.GetManifestResourceStream("Storefront.Catalog.hopwick.json")!
                : File.OpenRead(path);
            var file = JsonSerializer.Deserialize<CatalogueFile>(stream, Json) ?? throw new JsonException("the file is empty");
            file.Check(name);
            return file;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Catalog:File: {name} cannot be read: {e.Message}", e);
        }
    }

    private void Check(string name)
    {
        var categories = Categories.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var fault = Products.Select(p => p.FaultIn(categories)).FirstOrDefault(f => f is not null)
            ?? Categories.GroupBy(c => c.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"category {g.Key} stands in it twice").FirstOrDefault()
            ?? Products.GroupBy(p => p.Id).Where(g => g.Count() > 1).Select(g => $"product {g.Key} stands in it twice").FirstOrDefault()
            ?? Products.GroupBy(p => p.Slug, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"slug {g.Key} stands in it twice").FirstOrDefault();
        if (fault is not null)
        {
            throw new InvalidDataException($"Catalog:File: {name}: {fault}.");
        }
    }

    public sealed record CategoryEntry(string Id, string Name, string Line);

    public sealed record ProductEntry(
        int Id, string Slug, string Name, string Category, decimal Price, int Stock, string Bin, string Line, string Description,
        [property: JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)] Dictionary<string, string>? Details = null)
    {
        internal string? FaultIn(HashSet<string> categories) =>
            Id < 1 ? $"product id {Id} is not positive"
            : Slug.Length == 0 || Slug.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') ? $"product {Id}: slug '{Slug}' must be lower-case letters, digits and dashes"
            : string.IsNullOrWhiteSpace(Name) ? $"product {Id} has no name"
            : !categories.Contains(Category) ? $"product {Id}: there is no category '{Category}'"
            : !Money.TryToMinor(Price, out _) ? $"product {Id}: price {Price} must be 0 or more with at most two decimals"
            : Stock < 0 ? $"product {Id}: stock {Stock} is negative"
            : null;
    }
}
