using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Departments.Warehouse;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Pages.Warehouse;

/// <summary>A place in the list of print jobs: below the one that was printed then, for the order of that id.</summary>
public readonly record struct PrintCursor(DateTimeOffset At, long OrderId)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static PrintCursor? Read(string? text) =>
        text?.Split('.') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var order)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), order)
            : null;

    public override string ToString() => $"{At.UtcTicks}.{OrderId}";
}

/// <summary>A pick list that the warehouse had printed.</summary>
/// <param name="Number">Of which order.</param>
/// <param name="Place">When, and its place in the list.</param>
/// <param name="Reference">What the printer calls the job.</param>
/// <param name="State">What became of it, as far as this machine's spool tells; null when it was withdrawn, the order being cancelled.</param>
/// <param name="Again">How often it was asked for once more, and by whom the last time; null: never.</param>
public sealed record PrintedList(OrderNumber Number, PrintCursor Place, string? Reference, SpoolState? State, Reprinted? Again);

/// <summary>How often a pick list was printed once more, and the last time.</summary>
public sealed record Reprinted(int Times, DateTimeOffset LastAt, string LastBy);

/// <summary>A screenful of print jobs, the newest first.</summary>
public sealed record PrintSlice(IReadOnlyList<PrintedList> Rows, bool HasOlder);

/// <summary>Reads the print jobs by the screenful, along an index of their own; their state is looked up in the spool of this machine, for those on the screen alone.</summary>
public sealed class PrintJobs(IDbContextFactory<StoreDb> contexts, Spool spool)
{
    public const int SliceSize = 30;

    /// <summary>The newest, or those below a place.</summary>
    public async Task<PrintSlice> ReadAsync(PrintCursor? before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // Said as constants, which is what the index over them asks for.
        var tasks = db.OrderTasks.AsNoTracking().Where(t => t.Department == Department.Warehouse && t.Action == TaskAction.Do && t.State == TaskState.Done);
        if (before is { } top)
        {
            var (at, id) = top;
            tasks = tasks.Where(t => t.FinishedAt <= at && (t.FinishedAt < at || EF.Property<long>(t, "OrderId") < id));
        }

        var printed = await tasks.OrderByDescending(t => t.FinishedAt).ThenByDescending(t => EF.Property<long>(t, "OrderId")).Take(SliceSize + 1)
            .Select(t => new { Order = EF.Property<long>(t, "OrderId"), t.FinishedAt, t.Reference }).ToListAsync(cancellationToken);
        var shown = printed.Take(SliceSize).ToList();
        var ids = shown.ConvertAll(p => p.Order);
        var orders = await db.Orders.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Number, o.Status }).ToDictionaryAsync(o => o.Id, cancellationToken);
        var again = await AgainAsync(db, [.. orders.Values.Select(o => OrderTerms.SubjectOf(o.Number))], cancellationToken);
        return new([.. shown.Select(p => (Task: p, Order: orders[p.Order])).Select(p => new PrintedList(
            p.Order.Number, new(p.Task.FinishedAt!.Value, p.Order.Id), p.Task.Reference,
            p.Order.Status == OrderStatus.Cancelled ? null : spool.StateOf($"{p.Order.Number}:{Department.Warehouse.Text()}"),
            again.GetValueOrDefault(OrderTerms.SubjectOf(p.Order.Number))))], printed.Count > SliceSize);
    }

    /// <summary>Where the newest of all is; null when there is none.</summary>
    public async Task<PrintCursor?> NewestAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.OrderTasks.Where(t => t.Department == Department.Warehouse && t.Action == TaskAction.Do && t.State == TaskState.Done)
            .OrderByDescending(t => t.FinishedAt).ThenByDescending(t => EF.Property<long>(t, "OrderId"))
            .Select(t => new { Order = EF.Property<long>(t, "OrderId"), t.FinishedAt }).FirstOrDefaultAsync(cancellationToken) is { } newest ? new(newest.FinishedAt!.Value, newest.Order) : null;
    }

    private static async Task<Dictionary<string, Reprinted>> AgainAsync(StoreDb db, List<string> subjects, CancellationToken cancellationToken) =>
        (await db.AuditLog.Where(e => subjects.Contains(e.Subject) && e.Action == PickLists.ReprintAction).Select(e => new { e.Subject, e.Id, e.At, e.Who }).ToListAsync(cancellationToken))
            .GroupBy(e => e.Subject).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Id)! is var last ? new Reprinted(g.Count(), last.At, last.Who) : null!, StringComparer.Ordinal);
}
