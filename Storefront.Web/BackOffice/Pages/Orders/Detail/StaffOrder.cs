using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Departments.Mail;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Pages.Orders.Detail;

/// <summary>An order as the staff sees it: everything, with the customer's data, bins, references and faults.</summary>
public sealed record StaffOrder(
    OrderNumber Number, long Version, OrderStatus Status, long PriceMinor, string Currency, DateTimeOffset PlacedAt, DateTimeOffset? CompletedAt, bool CanBeCancelled,
    OrderSource Source, string? SourceMessageId, string? SourceReference, Customer Customer,
    IReadOnlyList<StaffOrder.Line> Lines, IReadOnlyList<StaffOrder.TaskRow> Tasks, IReadOnlyList<StaffOrder.Happening> History)
{
    /// <summary>A line; null for the bin when the product is no longer in the catalogue.</summary>
    public sealed record Line(int LineNo, int ProductId, string Name, string? Bin, int Quantity, long PriceMinor);

    public sealed record TaskRow(
        Department Department, TaskAction Action, TaskState State, int Attempts,
        DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Reference, string? Fault)
    {
        public TaskName Name => new(Department, Action);
    }

    /// <summary>Something that happened; null for who did it where nobody in particular did, and for why where nobody said.</summary>
    public sealed record Happening(int Seq, DateTimeOffset At, HistoryKind Kind, string Text, string? By, string? Reason = null);

    /// <summary>A mail to the customer, and where it stands.</summary>
    public sealed record Mail(MailKind Kind, MailState State, int Attempts, int Resends, DateTimeOffset? SentAt);

    /// <summary>What a member of the staff noted.</summary>
    public sealed record Note(long Id, DateTimeOffset At, string Who, string Text);

    /// <summary>The mails to the customer, in the order of their kinds.</summary>
    public IReadOnlyList<Mail> Mails { get; init; } = [];

    /// <summary>The staff's notes, the newest first.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    public bool NeedsAttention => Tasks.Any(t => t.State == TaskState.Failed);
}

/// <summary>Reads an order for the staff.</summary>
public sealed class StaffOrders(IDbContextFactory<StoreDb> contexts)
{
    /// <summary>The order as it is now; null when there is none.</summary>
    public async Task<StaffOrder?> FindAsync(OrderNumber number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var reading = await db.BeginReadAsync(cancellationToken);
        var order = await db.Orders.AsNoTracking().AsSplitQuery()
            .Include(o => o.Lines).Include(o => o.Tasks).Include(o => o.History)
            .SingleOrDefaultAsync(o => o.Number == number, cancellationToken);
        if (order is null)
        {
            return null;
        }

        var products = order.Lines.Select(l => l.ProductId).ToList();
        var bins = await db.Products.Where(p => products.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Bin, cancellationToken);
        return new StaffOrder(
            order.Number, order.Version, order.Status, order.PriceMinor, order.Currency, order.PlacedAt, order.CompletedAt, order.CanBeCancelled,
            order.Source, order.SourceMessageId, order.SourceReference, order.Customer,
            [.. order.Lines.OrderBy(l => l.LineNo).Select(l => new StaffOrder.Line(l.LineNo, l.ProductId, l.Name, bins.GetValueOrDefault(l.ProductId), l.Quantity, l.PriceMinor))],
            [.. order.Tasks.OrderBy(t => t.Action).ThenBy(t => t.Department).Select(t => new StaffOrder.TaskRow(
                t.Department, t.Action, t.State, t.Attempts, t.QueuedAt, t.StartedAt, t.FinishedAt, t.Reference, t.Fault))],
            [.. order.History.OrderBy(h => h.Seq).Select(h => new StaffOrder.Happening(h.Seq, h.At, h.Kind, HistoryText.English(h), h.Data.By, h.Data.Reason))])
        {
            Mails = [.. (await db.CustomerMails.Where(m => m.OrderId == order.Id).Select(m => new StaffOrder.Mail(m.Kind, m.State, m.Attempts, m.Resends, m.SentAt)).ToListAsync(cancellationToken)).OrderBy(m => m.Kind)],
            Notes = [.. (await db.OrderNotes.Where(n => n.OrderId == order.Id).Select(n => new StaffOrder.Note(n.Id, n.At, n.Who, n.Text)).ToListAsync(cancellationToken)).OrderByDescending(n => n.Id)],
        };
    }
}
