using System.Data.Common;
using System.Text.Json;
using Storefront.Departments.Marketing;
using Storefront.Orders;

namespace Storefront.Tests.Bench.Seed;

/// <summary>
/// Orders of the past year as the shop would have left them: three lines each, every task done, the whole history, counted by marketing; one in fifty
/// was cancelled before anybody began. Written set by set, in SQL that both databases understand.
/// </summary>
/// <param name="connection">An open connection to a shop's database with the default catalogue.</param>
/// <param name="randomNumber">An expression for a random whole number of 60 bits.</param>
internal sealed class SeededOrders(DbConnection connection, string randomNumber)
{
    /// <summary>Orders in one transaction.</summary>
    private const int Together = 50_000;

    private const int Customers = 10_000;
    private const long Second = TimeSpan.TicksPerSecond;

    private static readonly string[] FirstNames = ["Helgi", "Ada", "Bob", "Ida", "Tom", "Una", "Ari", "Saga", "Finn", "Orri", "Lilja", "Mo"];
    private static readonly string[] LastNames = ["Möller", "Burrow", "Thistle", "Bramble", "Sorrel", "Vetch", "Fern", "Hazel", "Clover", "Reed"];
    private static readonly string[] Cities = ["Reykjavík", "Akureyri", "Lübeck", "Bath", "Tübingen", "Kendal"];

    /// <summary>Writes so many orders behind those that are there; the last of them is of just now.</summary>
    /// <exception cref="InvalidOperationException">The database does not hold the default catalogue.</exception>
    public async Task WriteAsync(int count, CancellationToken cancellationToken)
    {
        if (await ValueAsync("SELECT count(*) FROM products WHERE id BETWEEN 1 AND 42", cancellationToken) != 42)
        {
            throw new InvalidOperationException("Seeded orders are made of the default catalogue's products 1 to 42, and the database does not hold them all.");
        }

        var last = await ValueAsync("SELECT coalesce(max(id), 0) FROM orders", cancellationToken);
        await PrepareAsync(cancellationToken);
        var (now, step) = (DateTimeOffset.UtcNow.UtcTicks - (60 * Second), TimeSpan.FromDays(365).Ticks / count);
        for (var first = 1; first <= count; first += Together)
        {
            var to = Math.Min(count, first + Together - 1);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            foreach (var sql in Statements())
            {
                await RunAsync(sql, transaction, cancellationToken, ("@from", last + first), ("@to", last + to), ("@end", last + count), ("@now", now), ("@step", step));
            }

            await transaction.CommitAsync(cancellationToken);
        }

        await RunAsync(SumsNow.AddHours, null, cancellationToken, ("@after", last));
        await RunAsync(SumsNow.AddGoods, null, cancellationToken, ("@after", last));
    }

    /// <summary>Each with the orders @from to @to; the first writes them, the others go by what it wrote.</summary>
    private IEnumerable<string> Statements()
    {
        // Three products whose distances on the shelf differ from each other, so that no two are the same.
        const string A = "1 + n.i % 42", B = "1 + (n.i + 1 + (n.i / 42) % 20) % 42", C = "1 + (n.i + 22 + (n.i / 840) % 20) % 42";
        yield return $"""
            WITH RECURSIVE n(i, placed) AS (
                SELECT @from, @now - (@end - @from) * @step UNION ALL SELECT i + 1, placed + @step FROM n WHERE i < @to)
            INSERT INTO orders (id, number, status, price_minor, currency, placed_at, completed_at, version, source, last_seq, customer_name, email, street, city, postcode, country)
            SELECT n.i, {randomNumber}, CASE WHEN n.i % 50 = 7 THEN 'cancelled' ELSE 'shipped' END, a.price_minor + b.price_minor + c.price_minor, 'EUR',
                n.placed, n.placed + CASE WHEN n.i % 50 = 7 THEN {5 * Second} ELSE {18 * Second} END, CASE WHEN n.i % 50 = 7 THEN 2 ELSE 11 END,
                CASE WHEN n.i % 3 = 0 THEN 'api' ELSE 'shop' END, CASE WHEN n.i % 50 = 7 THEN 3 ELSE 10 END, who.name, who.email, who.street, who.city, who.postcode, 'Iceland'
            FROM n JOIN products a ON a.id = {A} JOIN products b ON b.id = {B} JOIN products c ON c.id = {C} JOIN seed_customers who ON who.id = (n.i * 7919) % {Customers}
            """;
        foreach (var (line, product) in new[] { (1, A), (2, B), (3, C) })
        {
            yield return $"""
                INSERT INTO order_lines (order_id, line_no, product_id, name, quantity, price_minor)
                SELECT n.id, {line}, p.id, p.name, 1, p.price_minor FROM orders n JOIN products p ON p.id = {product.Replace("n.i", "n.id", StringComparison.Ordinal)}
                WHERE n.id BETWEEN @from AND @to
                """;
        }

        yield return """
            INSERT INTO order_tasks (order_id, department, action, state, attempts, queued_at, started_at, finished_at, reference, sweeps)
            SELECT o.id, t.department, 'do', t.state, t.attempts, o.placed_at + t.queued, o.placed_at + t.started, o.placed_at + t.finished, t.reference || (10000000 + o.id), 0
            FROM orders o JOIN seed_tasks t ON t.status = o.status WHERE o.id BETWEEN @from AND @to
            """;
        yield return """
            INSERT INTO order_history (order_id, seq, at, kind, data)
            SELECT o.id, h.seq, o.placed_at + h.at, h.kind, h.data FROM orders o JOIN seed_history h ON h.status = o.status WHERE o.id BETWEEN @from AND @to
            """;
        yield return """
            INSERT INTO marketing_orders (order_id, placed_at, price_minor, pieces, source, summed)
            SELECT id, placed_at, price_minor, 3, source, true FROM orders WHERE id BETWEEN @from AND @to AND status = 'shipped'
            """;
    }

    /// <summary>What the sets are made of, in tables that go with the connection.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await RunAsync("CREATE TEMP TABLE seed_customers (id bigint PRIMARY KEY, name text, email text, street text, city text, postcode text)", null, cancellationToken);
        await RunAsync("CREATE TEMP TABLE seed_tasks (status text, department text, state text, attempts int, queued bigint, started bigint, finished bigint, reference text)", null, cancellationToken);
        await RunAsync("CREATE TEMP TABLE seed_history (status text, seq int, at bigint, kind text, data text)", null, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        for (var i = 0; i < Customers; i++)
        {
            var name = $"{FirstNames[i % FirstNames.Length]} {LastNames[i / 7 % LastNames.Length]}";
            await RunAsync("INSERT INTO seed_customers VALUES (@id, @name, @email, @street, @city, @postcode)", transaction, cancellationToken,
                ("@id", (long)i), ("@name", name), ("@email", $"customer{i}@example.org"), ("@street", $"Hedgerow Lane {1 + (i % 200)}"), ("@city", Cities[i % Cities.Length]), ("@postcode", $"{10000 + i}"));
        }

        foreach (var task in FinishedOrder.Tasks())
        {
            await RunAsync("INSERT INTO seed_tasks VALUES (@status, @department, @state, @attempts, @queued, @started, @finished, @reference)", transaction, cancellationToken,
                ("@status", task.Status), ("@department", task.Department.Text()), ("@state", task.State), ("@attempts", task.Started is null ? 0 : 1),
                ("@queued", task.Queued * Second), ("@started", task.Started * Second), ("@finished", task.Finished * Second), ("@reference", task.Reference));
        }

        foreach (var (status, seq, at, kind, data) in FinishedOrder.History())
        {
            await RunAsync("INSERT INTO seed_history VALUES (@status, @seq, @at, @kind, @data)", transaction, cancellationToken,
                ("@status", status), ("@seq", seq), ("@at", at * Second), ("@kind", kind.Text()), ("@data", JsonSerializer.Serialize(data, OrderJson.Options)));
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<long> ValueAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this file, here and below.
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken));
    }

    private async Task RunAsync(string sql, DbTransaction? transaction, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction, command.CommandTimeout) = (sql, transaction, 600);
#pragma warning restore CA2100
        foreach (var (name, value) in values.Where(v => sql.Contains(v.Name, StringComparison.Ordinal)))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
