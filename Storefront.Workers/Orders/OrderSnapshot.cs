using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Storefront.Orders;

/// <summary>
/// An order as anybody may see it who knows its number: goods and progress, no personal data.
/// The body of <c>GET /order/{order_num}</c>, and what <c>OrdersHub</c> streams.
/// </summary>
public sealed record OrderSnapshot(
    string OrderNum, OrderStatus Status, bool NeedsAttention, decimal Price, string Currency,
    DateTimeOffset PlacedAt, DateTimeOffset? CompletedAt, long Version,
    IReadOnlyList<OrderSnapshot.Line> Lines, IReadOnlyList<OrderSnapshot.TaskView> Tasks, IReadOnlyList<OrderSnapshot.Happening> History)
{
    /// <summary>A line; the price is that of one piece, in major units.</summary>
    public sealed record Line(int ProductId, string Name, int Quantity, decimal Price);

    public sealed record TaskView(
        Department Department, TaskAction Action, TaskState State, int Attempts,
        DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);

    /// <summary>Something that happened; <paramref name="Text"/> is its English wording.</summary>
    public sealed record Happening(int Seq, DateTimeOffset At, HistoryKind Kind, string Text)
    {
        /// <summary>What another language's wording is made of. The shop's own pages have it; outside, <see cref="Text"/> says it all.</summary>
        public HistoryData? Data { get; init; }
    }

    /// <summary>Nothing will change any more: every task is done.</summary>
    [JsonIgnore]
    public bool IsComplete => CompletedAt is not null;

    /// <summary>As <see cref="Order.CanBeCancelled"/>; of one that came over the wire, too.</summary>
    [JsonIgnore]
    public bool CanBeCancelled =>
        Status is OrderStatus.Placed or OrderStatus.Picked && Tasks.All(t => t.Department != Department.Packing || t.StartedAt is null);

    /// <summary>The order, with lines, tasks and history loaded, as a snapshot.</summary>
    public static OrderSnapshot Of(Order order) => new(
        order.Number.ToString(), order.Status, order.Tasks.Exists(t => t.State == TaskState.Failed), Money.ToMajor(order.PriceMinor), order.Currency,
        order.PlacedAt, order.CompletedAt, order.Version,
        [.. order.Lines.OrderBy(l => l.LineNo).Select(l => new Line(l.ProductId, l.Name, l.Quantity, Money.ToMajor(l.PriceMinor)))],
        [.. order.Tasks.OrderBy(t => t.Department).ThenBy(t => t.Action)
            .Select(t => new TaskView(t.Department, t.Action, t.State, t.Attempts, t.QueuedAt, t.StartedAt, t.FinishedAt))],
        [.. order.History.OrderBy(h => h.Seq).Select(h => new Happening(h.Seq, h.At, h.Kind, HistoryText.English(h)) { Data = h.Data })]);
}

/// <summary>How orders look as JSON everywhere outside: snake_case names, lower-case terms.</summary>
public static class OrderJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Applies the shop's JSON rules to options that belong to somebody else (ASP.NET Core, SignalR).</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(WithoutData);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        return options;
    }

    private static void WithoutData(JsonTypeInfo type)
    {
        if (type.Type == typeof(OrderSnapshot.Happening) && type.Properties.FirstOrDefault(p => string.Equals(p.Name, nameof(OrderSnapshot.Happening.Data), StringComparison.OrdinalIgnoreCase)) is { } data)
        {
            type.Properties.Remove(data);
        }
    }
}
