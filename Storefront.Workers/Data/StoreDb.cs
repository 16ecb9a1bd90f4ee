using System.Data.Common;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Storefront.Auditing;
using Storefront.Catalog;
using Storefront.Departments.Controls;
using Storefront.Departments.Mail;
using Storefront.Departments.Marketing;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Data;

/// <summary>The shop's table of contents: everything it keeps. Each area maps its own entities beside them.</summary>
public abstract class StoreDb(DbContextOptions options) : DbContext(options)
{
    private static readonly Task<Asked<long>> NoOrderId = Task.FromResult(new Asked<long>([]));

    private List<Action>? _afterCommit;
    private List<Func<CancellationToken, Task>>? _onSave;

    /// <summary>Whether the change tracker may hold anything: asking it costs as much as a statement, and most units of work track nothing.</summary>
    private bool _mayTrack = true;
    private bool _isWatched;

    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<ProductPicture> ProductPictures => Set<ProductPicture>();
    public DbSet<PriceChange> ProductPrices => Set<PriceChange>();
    public DbSet<StockMovement> StockMovements => Set<StockMovement>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderTask> OrderTasks => Set<OrderTask>();
    public DbSet<OrderNote> OrderNotes => Set<OrderNote>();
    public DbSet<UsedKey> UsedKeys => Set<UsedKey>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();
    public DbSet<DeadLetterAction> DeadLetterActions => Set<DeadLetterAction>();
    public DbSet<DepartmentControl> DepartmentControls => Set<DepartmentControl>();
    public DbSet<CustomerMail> CustomerMails => Set<CustomerMail>();
    public DbSet<CountedOrder> CountedOrders => Set<CountedOrder>();
    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    /// <summary>Orders that need not be read to be taken, where one connection alone writes.</summary>
    internal OrdersAtHand? OrdersAtHand { get; set; }

    /// <summary>
    /// What the unit of work writes last need not be looked at: if it breaks a rule of the database, the unit runs again with this false, and can look.
    /// Where a database is across a network, this saves a journey during which others wait.
    /// </summary>
    public bool LeavesItToTheRules { get; internal set; }

    /// <summary>A row can be locked by reading it <c>FOR NO KEY UPDATE</c>.</summary>
    internal virtual bool LocksRows => false;

    /// <summary>The unit of work changed its mind: whatever it did is rolled back, quietly.</summary>
    public bool IsDiscarded { get; private set; }

    /// <summary>Runs <paramref name="action"/> once this unit of work is durably committed, and never if it is not.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>Several reads that see one state of the database, without holding up a writer.</summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken);

    /// <summary>Done once when the shop starts, on an open connection and before anything else: what the database as a whole needs.</summary>
    /// <exception cref="InvalidDataException">It is no database for a shop; the message says what to do.</exception>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Marks this unit of work as having nothing to say; <see cref="StoreWrites"/> rolls it back.</summary>
    public void Discard() => IsDiscarded = true;

    /// <summary>Hand-written SQL with values by name, in this context's transaction.</summary>
    public abstract Statement Sql(string text, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>Runs hand-written SQL of which nobody asks what it did: a database across a network may get it together with what follows.</summary>
    public virtual Task SendAsync(string text, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> values) => Sql(text, values).RunAsync(cancellationToken);

    /// <summary>
    /// Asks for rows by hand-written SQL, which may also write; whoever needs them waits for them then. A database across a network gets the question together
    /// with what follows, in the order of the code; <paramref name="make"/> is called when they come, at the latest before the commit.
    /// </summary>
    public virtual Task<Asked<T>> AskAsync<T>(string text, Func<IRow, T> make, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        return AtOnceAsync(Sql(text, values));

        async Task<Asked<T>> AtOnceAsync(Statement statement) => new(await statement.ListAsync(make, cancellationToken));
    }

    /// <summary>Runs the same hand-written SQL once for each set of values, in their order, and says how many rows each changed; across a network, in one journey.</summary>
    public virtual async Task<IReadOnlyList<int>> RunEachAsync(string text, IReadOnlyList<(string Name, object? Value)[]> values, CancellationToken cancellationToken)
    {
        var changed = new int[values.Count];
        for (var i = 0; i < changed.Length; i++)
        {
            changed[i] = await Sql(text, values[i]).RunAsync(cancellationToken);
        }

        return changed;
    }

    /// <summary>Writes rows, of which nobody asks, by a hand-written <c>INSERT … VALUES (…)</c> of one; a database across a network may get them together.</summary>
    public virtual async Task InsertEachAsync(string text, IReadOnlyList<(string Name, object? Value)[]> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            await SendAsync(text, cancellationToken, row);
        }
    }

    /// <summary>Saves what was written down by hand, in the order in which it was, then what EF Core tracks.</summary>
    /// <exception cref="DbException">The database refused.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // What a taken order may still come to is noted anew while it is saved.
        if (_onSave is { } noted)
        {
            _onSave = null;
            await WriteAsync(noted, cancellationToken);
        }

        try
        {
            return _mayTrack && ChangeTracker.HasChanges() ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) : 0;
        }
        catch (DbUpdateException e) when (e.InnerException is DbException fault)
        {
            // What the database refuses is told alike, whoever wrote it and when it was sent.
            ExceptionDispatchInfo.Throw(fault);
            throw;
        }
    }

    /// <summary>Asks for the id of an order yet to be written, so that its parts can go to the database together with it; no row: the database gives one when it writes the order.</summary>
    internal virtual Task<Asked<long>> AskOrderIdAsync(CancellationToken cancellationToken) => NoOrderId;

    /// <summary>Writes by hand when the unit of work is saved, by statements that are not asked how many rows they changed.</summary>
    internal void OnSave(Func<CancellationToken, Task> write) => (_onSave ??= []).Add(write);

    /// <summary>What is to be done after the commit.</summary>
    internal IReadOnlyList<Action> TakeAfterCommit()
    {
        var actions = _afterCommit;
        _afterCommit = null;
        return actions ?? [];
    }

    /// <summary>About to be used by hand-written SQL outside of a transaction.</summary>
    internal virtual Task WakeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not used for a while: gives back what others may need meanwhile.</summary>
    internal virtual void Rest()
    {
    }

    /// <summary>As good as new, for the next unit of work.</summary>
    internal void Renew()
    {
        if (!_isWatched)
        {
            ChangeTracker.Tracked += (_, _) => _mayTrack = true;
            _isWatched = true;
        }

        if (_mayTrack)
        {
            ChangeTracker.Clear();
            _mayTrack = false;
        }

        (_afterCommit, _onSave, IsDiscarded) = (null, null, false);
    }

    /// <summary>Writes what was noted for the time of saving, in the order in which it was.</summary>
    protected virtual async Task WriteAsync(IReadOnlyList<Func<CancellationToken, Task>> noted, CancellationToken cancellationToken)
    {
        foreach (var write in noted)
        {
            await write(cancellationToken);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(StoreDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // UTC ticks: SQLite cannot compare DateTimeOffset in SQL.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<Duration>().HaveConversion<DurationTicks>();
        configurationBuilder.Properties<OrderNumber>().HaveConversion<OrderNumberAsLong>();
        configurationBuilder.Properties<MovementKind>().HaveConversion<LowerCase<MovementKind>>();
        configurationBuilder.Properties<OrderStatus>().HaveConversion<LowerCase<OrderStatus>>();
        configurationBuilder.Properties<OrderSource>().HaveConversion<LowerCase<OrderSource>>();
        configurationBuilder.Properties<Department>().HaveConversion<LowerCase<Department>>();
        configurationBuilder.Properties<TaskAction>().HaveConversion<LowerCase<TaskAction>>();
        configurationBuilder.Properties<TaskState>().HaveConversion<LowerCase<TaskState>>();
        configurationBuilder.Properties<DeadLetterState>().HaveConversion<LowerCase<DeadLetterState>>();
        configurationBuilder.Properties<MailKind>().HaveConversion<LowerCase<MailKind>>();
        configurationBuilder.Properties<MailState>().HaveConversion<LowerCase<MailState>>();
        configurationBuilder.Properties<HistoryKind>().HaveConversion<LowerCase<HistoryKind>>();
    }
}
