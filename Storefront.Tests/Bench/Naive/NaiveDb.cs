using Microsoft.EntityFrameworkCore;

namespace Storefront.Tests.Bench.Naive;

/// <summary>The naive peer's tables.</summary>
internal sealed class NaiveDb(DbContextOptions<NaiveDb> options) : DbContext(options)
{
    public DbSet<NaiveProduct> Products => Set<NaiveProduct>();

    public DbSet<NaiveOrder> Orders => Set<NaiveOrder>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<NaiveProduct>().Property(p => p.Id).ValueGeneratedNever();
        modelBuilder.Entity<NaiveOrder>(order =>
        {
            order.ToTable("orders");
            order.Property(o => o.Id).HasColumnName("id");
            order.Property(o => o.Status).HasColumnName("status");
            order.HasIndex(o => o.Number).IsUnique();
            order.HasMany(o => o.Lines).WithOne().IsRequired();
        });
    }
}

internal sealed class NaiveProduct
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required long PriceMinor { get; init; }
}

internal sealed class NaiveOrder
{
    public long Id { get; init; }
    public required string Number { get; init; }
    public required string CustomerName { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public required List<NaiveLine> Lines { get; init; }
    public long PriceMinor { get; set; }
    public string Status { get; set; } = "placed";
}

internal sealed class NaiveLine
{
    public long Id { get; init; }
    public required int ProductId { get; init; }
    public required int Quantity { get; init; }
    public required long PriceMinor { get; init; }
}
