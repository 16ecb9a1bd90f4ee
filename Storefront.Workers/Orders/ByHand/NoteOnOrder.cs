namespace Storefront.Orders.ByHand;

/// <summary>Adds a note of the staff's to an order. Customers never see it.</summary>
public sealed class NoteOnOrder(OrderChanges changes)
{
    /// <summary>Characters a note may have.</summary>
    public const int MaxText = 2000;

    /// <summary>What is wrong with a note; null when nothing is.</summary>
    public static string? FaultOfText(string? text) => StaffText.Fault(text, MaxText, "Write a note");

    /// <exception cref="ArgumentException"><paramref name="text"/> is no note.</exception>
    /// <inheritdoc cref="OrderChanges.RunAsync" path="/exception" />
    public Task<Handling> RunAsync(OrderNumber number, string text, string by, CancellationToken cancellationToken)
    {
        if (FaultOfText(text) is { } fault)
        {
            throw new ArgumentException(fault, nameof(text));
        }

        // The order's version rises, so that whoever has it open sees the note. The audit log does not repeat it: what stands there stays for ever.
        return changes.RunAsync(number, by, "order.note", (db, order, now, _) =>
        {
            db.OrderNotes.Add(new() { OrderId = order.Id, At = now, Who = by, Text = text.Trim() });
            return Task.FromResult((Handling.Done, (string?)null));
        }, cancellationToken);
    }
}
