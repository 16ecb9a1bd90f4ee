using Storefront.Orders;

namespace Storefront.Departments.Mail;

/// <summary>What a customer is written about: one mail of each kind at most for an order.</summary>
public enum MailKind { Confirmation, Shipped, Delayed, Cancelled }

/// <summary>Whether the time for a mail is right.</summary>
public enum MailTurn
{
    /// <summary>It may be sent.</summary>
    Due,

    /// <summary>What it would say is not so any more, and another mail says what is: nothing to do.</summary>
    Overtaken,

    /// <summary>The order has not come that far: the message says what is not so.</summary>
    Untrue,
}

/// <summary>Which events make which mail.</summary>
public static class MailKinds
{
    /// <summary>The topics of <c>shop.events</c> that somebody is written about.</summary>
    public static IReadOnlyList<string> Topics { get; } =
        [OrderMessages.AcceptedTopic, OrderMessages.Topic(OrderStatus.Shipped), OrderMessages.Topic(OrderStatus.Cancelled), OrderMessages.DelayedTopic];

    /// <summary>What has happened of which a mail tells, as its topic ends.</summary>
    public static string Happened(this MailKind kind) => kind == MailKind.Confirmation ? "accepted" : kind.Text();

    /// <summary>The mail that an event's type asks for; null: none.</summary>
    public static MailKind? Of(string? type) => type switch
    {
        "order.accepted.v1" => MailKind.Confirmation,
        "order.shipped.v1" => MailKind.Shipped,
        "order.delayed.v1" => MailKind.Delayed,
        OrderMessages.CancelledType => MailKind.Cancelled,
        _ => null,
    };

    /// <summary>Whether a mail may be sent for an order that has come so far. A confirmation may come late, but not after a cancel; nobody is told of a delay that is over.</summary>
    public static MailTurn TurnAt(this MailKind kind, OrderStatus status) => (kind, status) switch
    {
        (MailKind.Confirmation, OrderStatus.Cancelled) => MailTurn.Overtaken,
        (MailKind.Delayed, OrderStatus.Shipped or OrderStatus.Cancelled) => MailTurn.Overtaken,
        (MailKind.Shipped, not OrderStatus.Shipped) => MailTurn.Untrue,
        (MailKind.Cancelled, not OrderStatus.Cancelled) => MailTurn.Untrue,
        _ => MailTurn.Due,
    };
}
