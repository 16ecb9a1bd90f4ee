using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Departments.Mail;

/// <summary>A mail's row, which is its lock: of two processes that want to send the same, one waits for the other.</summary>
internal static class MailRow
{
    /// <summary>Takes the row, which is made if there is none.</summary>
    public static async Task<CustomerMail> TakeAsync(StoreDb db, long orderId, MailKind kind, CancellationToken cancellationToken)
    {
        var taken = await db.Sql("""
            INSERT INTO customer_mails (order_id, kind, state, attempts, resends) VALUES (@order, @kind, 'waiting', 0, 0)
            ON CONFLICT (order_id, kind) DO UPDATE SET attempts = customer_mails.attempts
            RETURNING state, attempts, sent_at, replayed_letter, resends
            """, ("@order", orderId), ("@kind", kind.Text())).ListAsync(
            row => CustomerMail.Restore(orderId, kind, OrderTerms.Of<MailState>(row.Text(0)), (int)row.Number(1), row.TimeOrNull(2), row.NumberOrNull(3), (int)row.Number(4)), cancellationToken);
        return taken[0];
    }

    /// <summary>Writes what has become of it.</summary>
    public static async Task SaveAsync(StoreDb db, CustomerMail mail, CancellationToken cancellationToken)
    {
        await db.Sql(
            "UPDATE customer_mails SET state = @state, attempts = @attempts, sent_at = @sent, replayed_letter = @letter, resends = @resends WHERE order_id = @order AND kind = @kind",
            ("@state", mail.State.Text()), ("@attempts", mail.Attempts), ("@sent", mail.SentAt?.UtcTicks), ("@letter", mail.ReplayedLetter), ("@resends", mail.Resends),
            ("@order", mail.OrderId), ("@kind", mail.Kind.Text())).RunAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
