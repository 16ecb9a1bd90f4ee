using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Orders;

/// <summary>What a member of the staff noted about an order, for the others. Rows are only ever added.</summary>
public sealed class OrderNote
{
    public long Id { get; private set; }
    public required long OrderId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Who { get; init; }
    public required string Text { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<OrderNote>
    {
        public void Configure(EntityTypeBuilder<OrderNote> note)
        {
            note.ToTable("order_notes");
            note.HasOne<Order>().WithMany().HasForeignKey(n => n.OrderId).IsRequired();
        }
    }
}
