using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Departments.Marketing;

/// <summary>What was ordered in one hour (UTC) by one way in; kept by <see cref="MarketingSums"/>, so that a year is nine thousand rows and not a million.</summary>
public sealed class CountedHour
{
    /// <summary>Whole hours since the first of January of the year 1, UTC.</summary>
    public required long Hour { get; init; }
    public required string Source { get; init; }
    public required long Orders { get; init; }

    /// <summary>Minor units.</summary>
    public required long RevenueMinor { get; init; }
    public required long Pieces { get; init; }

    /// <summary>Orders with an e-mail address under which nobody had ordered before.</summary>
    public required long NewCustomers { get; init; }

    /// <summary>Orders with an e-mail address under which somebody had ordered before, whatever became of that order.</summary>
    public required long ReturningCustomers { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CountedHour>
    {
        public void Configure(EntityTypeBuilder<CountedHour> row)
        {
            row.ToTable("marketing_hours");
            row.HasKey(r => new { r.Hour, r.Source });
            row.Property(r => r.Hour).ValueGeneratedNever();
        }
    }
}

/// <summary>How much of a product was ordered on one day (UTC).</summary>
public sealed class CountedGoods
{
    /// <summary>Whole days since the first of January of the year 1, UTC: a <see cref="DateOnly.DayNumber"/>.</summary>
    public required long Day { get; init; }
    public required int ProductId { get; init; }
    public required long Pieces { get; init; }

    /// <summary>Minor units.</summary>
    public required long RevenueMinor { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CountedGoods>
    {
        public void Configure(EntityTypeBuilder<CountedGoods> row)
        {
            row.ToTable("marketing_goods");
            row.HasKey(r => new { r.Day, r.ProductId });
            row.Property(r => r.Day).ValueGeneratedNever();
            row.Property(r => r.ProductId).ValueGeneratedNever();
        }
    }
}
