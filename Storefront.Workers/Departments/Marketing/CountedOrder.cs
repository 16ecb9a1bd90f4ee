using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Departments.Marketing;

/// <summary>What marketing keeps of an order: one row each, written in the commit that closes its task, so counted once.</summary>
public sealed class CountedOrder
{
    public required long OrderId { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Minor units.</summary>
    public required long PriceMinor { get; init; }

    /// <summary>Pieces, all lines together; 0 where another system told only a price.</summary>
    public required int Pieces { get; init; }
    public required string Source { get; init; }

    /// <summary>Whether it is in the sums (<see cref="MarketingSums"/>). Not yet when it is written: so many orders do not wait for one sum's row.</summary>
    public bool Summed { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CountedOrder>
    {
        public void Configure(EntityTypeBuilder<CountedOrder> row)
        {
            row.ToTable("marketing_orders");
            row.HasKey(r => r.OrderId);
            row.Property(r => r.OrderId).ValueGeneratedNever();
            row.HasIndex(r => r.PlacedAt);
            row.HasIndex(r => r.OrderId).HasDatabaseName("ix_marketing_orders_unsummed").HasFilter(MarketingSums.Unsummed);
        }
    }
}
