using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Storefront.Catalog;
using Storefront.Departments.Marketing;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Data;

/// <summary>The shop's table of contents: everything it keeps. Each area maps its own entities beside them.</summary>
public abstract class StoreDb(DbContextOptions options) : DbContext(options)
{
    private List<Action>? _afterCommit;

    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderTask> OrderTasks => Set<OrderTask>();
    public DbSet<UsedKey> UsedKeys => Set<UsedKey>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();
    public DbSet<DeadLetterAction> DeadLetterActions => Set<DeadLetterAction>();
    public DbSet<CountedOrder> CountedOrders => Set<CountedOrder>();

    /// <summary>The unit of work changed its mind: whatever it did is rolled back, quietly.</summary>
    public bool IsDiscarded { get; private set; }

    /// <summary>Runs <paramref name="action"/> once this unit of work is durably committed, and never if it is not.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>Several reads that see one state of the database, without holding up a writer.</summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken);

    /// <summary>Marks this unit of work as having nothing to say; <see cref="StoreWrites"/> rolls it back.</summary>
    public void Discard() => IsDiscarded = true;

    internal void Committed() => _afterCommit?.ForEach(action => action());

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(StoreDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // UTC ticks: SQLite cannot compare DateTimeOffset in SQL.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<OrderNumber>().HaveConversion<OrderNumberAsLong>();
        configurationBuilder.Properties<OrderStatus>().HaveConversion<LowerCase<OrderStatus>>();
        configurationBuilder.Properties<OrderSource>().HaveConversion<LowerCase<OrderSource>>();
        configurationBuilder.Properties<Department>().HaveConversion<LowerCase<Department>>();
        configurationBuilder.Properties<TaskAction>().HaveConversion<LowerCase<TaskAction>>();
        configurationBuilder.Properties<TaskState>().HaveConversion<LowerCase<TaskState>>();
        configurationBuilder.Properties<DeadLetterState>().HaveConversion<LowerCase<DeadLetterState>>();
        configurationBuilder.Properties<HistoryKind>().HaveConversion<LowerCase<HistoryKind>>();
    }
}
