using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Catalog;

/// <summary>What a product cost from some time on. The newest is its price; orders keep the one they were placed at.</summary>
public sealed class PriceChange
{
    public long Id { get; private set; }
    public required int ProductId { get; init; }
    public required long PriceMinor { get; init; }

    /// <summary>From when on.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who said so; null: the catalogue file.</summary>
    public string? Who { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PriceChange>
    {
        public void Configure(EntityTypeBuilder<PriceChange> price)
        {
            price.ToTable("product_prices");
            price.HasIndex(p => new { p.ProductId, p.Id });
        }
    }
}
