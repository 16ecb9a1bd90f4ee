using Storefront.Data;

namespace Storefront.Orders;

/// <summary>Writes a new order with all its parts, by hand-written SQL: every customer waits for it.</summary>
internal static class NewOrder
{
    public static async Task InsertAsync(StoreDb db, Order order, CancellationToken cancellationToken)
    {
        var (customer, address) = (order.Customer, order.Customer.Address);
        var id = await db.Sql("""
            INSERT INTO orders (number, status, price_minor, currency, placed_at, completed_at, version, source, source_message_id, source_reference, last_seq,
                customer_name, email, note, street, city, postcode, country, language)
            VALUES (@number, @status, @price, @currency, @placed, @completed, @version, @source, @message, @reference, @seq,
                @name, @email, @note, @street, @city, @postcode, @country, @language)
            RETURNING id
            """, ("@number", order.Number.Value), ("@status", order.Status.Text()), ("@price", order.PriceMinor), ("@currency", order.Currency),
            ("@placed", order.PlacedAt.UtcTicks), ("@completed", order.CompletedAt?.UtcTicks), ("@version", order.Version), ("@source", order.Source.Text()),
            ("@message", order.SourceMessageId), ("@reference", order.SourceReference), ("@seq", order.LastSeq),
            ("@name", customer.Name), ("@email", customer.Email), ("@note", customer.Note),
            ("@street", address?.Street), ("@city", address?.City), ("@postcode", address?.Postcode), ("@country", address?.Country), ("@language", order.Language)).ListAsync(row => row.Number(0), cancellationToken);
        order.Written(id[0]);

        foreach (var line in order.Lines)
        {
            await db.Sql(
                "INSERT INTO order_lines (order_id, line_no, product_id, name, quantity, price_minor) VALUES (@order, @line, @product, @name, @quantity, @price)",
                ("@order", order.Id), ("@line", line.LineNo), ("@product", line.ProductId), ("@name", line.Name), ("@quantity", line.Quantity), ("@price", line.PriceMinor))
                .RunAsync(cancellationToken);
        }

        foreach (var task in order.Tasks)
        {
            await OrderRow.InsertTaskAsync(db, order.Id, task, cancellationToken);
        }

        foreach (var entry in order.History)
        {
            await OrderRow.InsertHistoryAsync(db, order.Id, entry, cancellationToken);
        }
    }
}
