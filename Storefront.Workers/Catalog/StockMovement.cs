using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Catalog;

/// <summary>Why the staff moved stock.</summary>
public enum MovementKind
{
    /// <summary>What lay on the shelf when the ledger began.</summary>
    Opening,

    /// <summary>Goods came in.</summary>
    Receipt,

    /// <summary>Somebody counted the shelf, and that is what counts.</summary>
    Count,

    /// <summary>Goods are spoiled, broken or lost.</summary>
    WriteOff,
}

/// <summary>
/// A line of the stock ledger; only ever added, in the commit that moves the stock. What orders take and bring back stands in their own lines, which are never
/// changed either: a second row for each would cost every customer a write. So opening + movements − sold + returned = stock.
/// </summary>
public sealed class StockMovement
{
    public long Id { get; private set; }
    public required int ProductId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required MovementKind Kind { get; init; }

    /// <summary>Pieces that came (positive) or went (negative).</summary>
    public required int Pieces { get; init; }

    /// <summary>How many lay there afterwards.</summary>
    public required int StockAfter { get; init; }

    /// <summary>Who did it; null: the shop itself.</summary>
    public string? Who { get; init; }

    /// <summary>The delivery, the reason, who counted.</summary>
    public required string Note { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<StockMovement>
    {
        public void Configure(EntityTypeBuilder<StockMovement> movement)
        {
            movement.ToTable("stock_movements");
            movement.HasIndex(m => new { m.ProductId, m.Id });
        }
    }
}
