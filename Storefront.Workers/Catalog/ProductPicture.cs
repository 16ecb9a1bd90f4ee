using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Catalog;

/// <summary>
/// A picture of goods as the shop made it from what somebody uploaded: WebP, square, in two sizes. Kept in the database, where every process finds it, and by
/// what it holds, so that an address always shows the same. One that was replaced stays, for pages that are open.
/// </summary>
public sealed class ProductPicture
{
    public const string MediaType = "image/webp";

    private const string Folder = "pictures";
    private const string Ending = ".webp";
    private const string CardEnding = "-card" + Ending;

    /// <summary>32 lower-case hexadecimal digits: the first half of the SHA-256 of <see cref="Large"/>.</summary>
    public required string Hash { get; init; }

    /// <summary>For the product's page.</summary>
    public required byte[] Large { get; init; }

    /// <summary>For cards and baskets.</summary>
    public required byte[] Card { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Its path from the web root.</summary>
    public static string PathOf(string hash) => $"{Folder}/{hash}{Ending}";

    /// <summary>The small one's path from the web root.</summary>
    public static string CardPathOf(string hash) => $"{Folder}/{hash}{CardEnding}";

    /// <summary>What a file's name in that folder asks for; null when there can be no such file.</summary>
    public static (string Hash, bool IsCard)? Read(string file)
    {
        var isCard = file.EndsWith(CardEnding, StringComparison.Ordinal);
        var hash = isCard ? file[..^CardEnding.Length] : file.EndsWith(Ending, StringComparison.Ordinal) ? file[..^Ending.Length] : "";
        return hash.Length == 32 && hash.All(char.IsAsciiHexDigitLower) ? (hash, isCard) : null;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ProductPicture>
    {
        public void Configure(EntityTypeBuilder<ProductPicture> picture)
        {
            picture.ToTable("product_pictures");
            picture.HasKey(p => p.Hash);
        }
    }
}
