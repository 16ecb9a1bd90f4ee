using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>How an order and its parts lie in the database.</summary>
internal sealed class OrderMapping :
    IEntityTypeConfiguration<Order>, IEntityTypeConfiguration<OrderLine>, IEntityTypeConfiguration<OrderTask>, IEntityTypeConfiguration<HistoryEntry>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders");
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.SourceMessageId).IsUnique();
        order.HasIndex(o => o.PlacedAt);
        // The staff's list: where an order came in, and what it is worth. (By name: an index on what is computed, made in a migration, ix_orders_customer_name.)
        order.HasIndex(o => new { o.Source, o.PlacedAt });
        order.HasIndex(o => new { o.PriceMinor, o.Id });
        // Few among many, and with nothing left to do they cannot be found by that.
        order.HasIndex(o => new { o.PlacedAt, o.Id }).HasDatabaseName("ix_orders_cancelled").HasFilter("status = 'cancelled'");
        order.HasMany(o => o.Lines).WithOne().HasForeignKey("OrderId").IsRequired();
        order.HasMany(o => o.Tasks).WithOne().HasForeignKey("OrderId").IsRequired();
        order.HasMany(o => o.History).WithOne().HasForeignKey("OrderId").IsRequired();
        order.ComplexProperty(o => o.Customer, customer =>
        {
            customer.Property(c => c.Name).HasColumnName("customer_name");
            customer.Property(c => c.Email).HasColumnName("email");
            customer.Property(c => c.Note).HasColumnName("note");
            customer.ComplexProperty(c => c.Address, address =>
            {
                address.Property(a => a.Street).HasColumnName("street");
                address.Property(a => a.City).HasColumnName("city");
                address.Property(a => a.Postcode).HasColumnName("postcode");
                address.Property(a => a.Country).HasColumnName("country");
            });
        });
    }

    public void Configure(EntityTypeBuilder<OrderLine> line)
    {
        line.ToTable("order_lines");
        line.HasKey("OrderId", nameof(OrderLine.LineNo));
    }

    public void Configure(EntityTypeBuilder<OrderTask> task)
    {
        task.ToTable("order_tasks");
        task.HasKey("OrderId", nameof(OrderTask.Department), nameof(OrderTask.Action));
        // QueuedAt parts the tasks whose turn has come from those that stand behind an earlier department's backlog.
        task.HasIndex(t => new { t.State, t.Department, t.QueuedAt }).HasFilter(UnfinishedWork.Sql);
        task.Ignore(t => t.Name);
        task.Ignore(t => t.MovedAt);
    }

    public void Configure(EntityTypeBuilder<HistoryEntry> entry)
    {
        entry.ToTable("order_history");
        entry.HasKey("OrderId", nameof(HistoryEntry.Seq));
        entry.Property(h => h.Data).HasConversion<AsJson<HistoryData>, AsJson<HistoryData>.Comparer>();
    }
}
