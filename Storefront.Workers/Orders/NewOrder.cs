using System.Text.Json;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>Writes a new order with all its parts, by hand-written SQL: every customer waits for it.</summary>
internal static class NewOrder
{
    private const string Tasks = """
        INSERT INTO order_tasks (order_id, department, action, state, attempts, queued_at, started_at, finished_at, reference, fault, replayed_letter, sweeps)
        VALUES (@order, @department, @action, @state, @attempts, @queued, @started, @finished, @reference, @fault, @letter, @sweeps)
        """;

    private const string Lines = "INSERT INTO order_lines (order_id, line_no, product_id, name, quantity, price_minor) VALUES (@order, @line, @product, @name, @quantity, @price)";

    private const string History = "INSERT INTO order_history (order_id, seq, at, kind, data) VALUES (@order, @seq, @at, @kind, @data)";

    /// <summary>What an entry of the history says about nearly everything that happens: nothing, or whose work it was.</summary>
    private static readonly Dictionary<HistoryData, string> MostCommon = OrderTerms.Departments.Select(d => new HistoryData(d)).Append(new())
        .ToDictionary(data => data, data => JsonSerializer.Serialize(data, OrderJson.Options));

    /// <summary>Writes the order.</summary>
    /// <param name="db">The unit of work, which is being saved.</param>
    /// <param name="order">The order.</param>
    /// <param name="asked">Its id, if it was asked for earlier (<see cref="StoreDb.AskOrderIdAsync"/>).</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task InsertAsync(StoreDb db, Order order, Asked<long>? asked, CancellationToken cancellationToken)
    {
        long? known = await (asked ?? await db.AskOrderIdAsync(cancellationToken)).RowsAsync(cancellationToken) is [var given] ? given : null;
        var (customer, address) = (order.Customer, order.Customer.Address);
        var written = await db.AskAsync("""
            INSERT INTO orders (id, number, status, price_minor, currency, placed_at, completed_at, version, source, source_message_id, source_reference, last_seq,
                customer_name, email, note, street, city, postcode, country, language)
            VALUES (@id, @number, @status, @price, @currency, @placed, @completed, @version, @source, @message, @reference, @seq,
                @name, @email, @note, @street, @city, @postcode, @country, @language)
            RETURNING id
            """, row => row.Number(0), cancellationToken, ("@id", known), ("@number", order.Number.Value), ("@status", order.Status.Text()), ("@price", order.PriceMinor), ("@currency", order.Currency),
            ("@placed", order.PlacedAt.UtcTicks), ("@completed", order.CompletedAt?.UtcTicks), ("@version", order.Version), ("@source", order.Source.Text()),
            ("@message", order.SourceMessageId), ("@reference", order.SourceReference), ("@seq", order.LastSeq),
            ("@name", customer.Name), ("@email", customer.Email), ("@note", customer.Note),
            ("@street", address?.Street), ("@city", address?.City), ("@postcode", address?.Postcode), ("@country", address?.Country), ("@language", order.Language));
        order.Written(known ?? (await written.RowsAsync(cancellationToken))[0]);
        await db.InsertEachAsync(Lines, order.Lines.ConvertAll(line => Row(("@order", order.Id), ("@line", line.LineNo), ("@product", line.ProductId), ("@name", line.Name), ("@quantity", line.Quantity), ("@price", line.PriceMinor))), cancellationToken);
        await db.InsertEachAsync(Tasks, order.Tasks.ConvertAll(task => RowOf(order.Id, task)), cancellationToken);
        await db.InsertEachAsync(History, order.History.ConvertAll(entry => RowOf(order.Id, entry)), cancellationToken);
    }

    /// <summary>One more task of an order that is there.</summary>
    public static Task InsertAsync(StoreDb db, long order, OrderTask task, CancellationToken cancellationToken) => db.Sql(Tasks, RowOf(order, task)).RunAsync(cancellationToken);

    /// <summary>One more entry of its history.</summary>
    public static Task InsertAsync(StoreDb db, long order, HistoryEntry entry, CancellationToken cancellationToken) => db.Sql(History, RowOf(order, entry)).RunAsync(cancellationToken);

    private static (string, object?)[] RowOf(long order, OrderTask task) => Row(
        ("@order", order), ("@department", task.Department.Text()), ("@action", task.Action.Text()), ("@state", task.State.Text()), ("@attempts", task.Attempts),
        ("@queued", task.QueuedAt?.UtcTicks), ("@started", task.StartedAt?.UtcTicks), ("@finished", task.FinishedAt?.UtcTicks),
        ("@reference", task.Reference), ("@fault", task.Fault), ("@letter", task.ReplayedLetter), ("@sweeps", task.Sweeps));

    private static (string, object?)[] RowOf(long order, HistoryEntry entry) => Row(
        ("@order", order), ("@seq", entry.Seq), ("@at", entry.At.UtcTicks), ("@kind", entry.Kind.Text()), ("@data", JsonOf(entry.Data)));

    private static (string, object?)[] Row(params (string, object?)[] values) => values;

    private static string JsonOf(HistoryData data) => MostCommon.GetValueOrDefault(data) ?? JsonSerializer.Serialize(data, OrderJson.Options);
}
