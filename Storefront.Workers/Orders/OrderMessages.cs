using System.Text.Json;
using Storefront.Messaging;

namespace Storefront.Orders;

/// <summary>What leaves the shop about an order, and how it is called on the broker.</summary>
public static class OrderMessages
{
    /// <summary>Type of our own message on the queue <c>orders</c>; whatever else lies there comes from another system.</summary>
    public const string PlacedType = "order.placed.v1";

    /// <summary>Type of the messages that ask for an undoing; every other one asks a department for its work.</summary>
    public const string CancelledType = "order.cancelled.v1";

    /// <summary>Topic of an order that has entered the back room.</summary>
    public const string AcceptedTopic = "order.accepted";

    /// <summary>Topic of an order whose goods are held up until somebody has looked.</summary>
    public const string DelayedTopic = "order.delayed";

    /// <summary>The body of <c>orders</c>, readable for the tutorial's consumer: customer and price first. Fields are only ever added.</summary>
    public sealed record Body(string Customer, decimal Price, string OrderNum, string Currency, DateTimeOffset PlacedAt, IReadOnlyList<OrderSnapshot.Line> Lines);

    /// <summary>The body of the events on <c>shop.events</c>: what happened to which order; no personal data. Whether there is an address to write to, but not which.</summary>
    public sealed record Event(string OrderNum, string Happened, DateTimeOffset At, decimal Price, string Currency, bool HasEmail);

    /// <summary>Into the back room, by the queue <c>orders</c>.</summary>
    public static OutgoingMessage Placed(Order order) => new()
    {
        Exchange = "",
        RoutingKey = Topology.Orders,
        MessageId = $"{order.Number}:placed",
        Type = PlacedType,
        CorrelationId = order.Number.ToString(),
        Body = JsonSerializer.SerializeToUtf8Bytes(
            new Body(order.Customer.Name, Money.ToMajor(order.PriceMinor), order.Number.ToString(), order.Currency, order.PlacedAt,
                [.. order.Lines.Select(l => new OrderSnapshot.Line(l.ProductId, l.Name, l.Quantity, Money.ToMajor(l.PriceMinor)))]), OrderJson.Options),
        Mandatory = true,
    };

    /// <summary>The order is known and the departments may begin.</summary>
    public static OutgoingMessage Accepted(OrderNumber number, long priceMinor, string currency, bool hasEmail, DateTimeOffset now) =>
        Happened(number.ToString(), "accepted", Money.ToMajor(priceMinor), currency, hasEmail, now, mandatory: true);

    /// <summary>The goods made a step.</summary>
    public static OutgoingMessage Stepped(Order order, OrderStatus step, DateTimeOffset now) =>
        Happened(order, step.Text(), now, mandatory: step is not OrderStatus.Shipped);

    /// <summary>The goods are held up; told again when they are so again.</summary>
    public static OutgoingMessage Delayed(Order order, DateTimeOffset now) => Happened(order, "delayed", now, mandatory: false);

    /// <summary>To one department alone: undo what you have done for this order.</summary>
    public static OutgoingMessage Undo(Order order, Department department, DateTimeOffset now) => Stepped(order, OrderStatus.Cancelled, now) with
    {
        Exchange = "",
        RoutingKey = Topology.QueueOf(department.Text()),
        MessageId = $"{order.Number}:cancelled:{department.Text()}",
    };

    /// <summary>To one department alone: do what this task asks for. For a task that has stopped moving.</summary>
    public static OutgoingMessage Reminder(Order order, TaskName task, DateTimeOffset now) => Happened(order, "reminded", now, mandatory: true) with
    {
        Exchange = "",
        RoutingKey = Topology.QueueOf(task.Department.Text()),
        MessageId = $"{order.Number}:{task}:reminder:{order.Version}",
        Type = task.Action == TaskAction.Undo ? CancelledType : "order.reminded.v1",
    };

    /// <summary>To the mail's queue alone: write to the customer about it once more.</summary>
    /// <param name="order">The order.</param>
    /// <param name="what">What happened, as its topic ends: <c>shipped</c>.</param>
    /// <param name="queue">The mail's queue.</param>
    /// <param name="messageId">The same for the same request.</param>
    /// <param name="now">The time.</param>
    public static OutgoingMessage MailAgain(Order order, string what, string queue, string messageId, DateTimeOffset now) =>
        Happened(order, what, now, mandatory: true) with { Exchange = "", RoutingKey = queue, MessageId = messageId };

    /// <summary>Id of the message that asks for a task again after an attempt that failed; it waits in the outbox for its time.</summary>
    public static string RetryId(OrderNumber number, TaskName task, int attempt) => $"{number}:{task}:retry:{attempt}";

    /// <summary>The topic under which a step is announced.</summary>
    public static string Topic(OrderStatus step) => $"order.{step.Text()}";

    private static OutgoingMessage Happened(Order order, string what, DateTimeOffset now, bool mandatory) =>
        Happened(order.Number.ToString(), what, Money.ToMajor(order.PriceMinor), order.Currency, order.Customer.Email is not null, now, mandatory);

    private static OutgoingMessage Happened(string number, string what, decimal price, string currency, bool hasEmail, DateTimeOffset now, bool mandatory) => new()
    {
        Exchange = Topology.Events,
        RoutingKey = $"order.{what}",
        MessageId = $"{number}:{what}",
        Type = $"order.{what}.v1",
        CorrelationId = number,
        Body = JsonSerializer.SerializeToUtf8Bytes(new Event(number, $"order.{what}", now, price, currency, hasEmail), OrderJson.Options),
        Mandatory = mandatory,
    };
}
