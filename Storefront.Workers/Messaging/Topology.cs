namespace Storefront.Messaging;

/// <summary>The names on the broker that outside programs rely on.</summary>
public static class Topology
{
    /// <summary>Every order enters the back of the shop here. Declared without arguments, always: so the tutorial's <c>queue_declare('orders', durable=True)</c> succeeds.</summary>
    public const string Orders = "orders";

    /// <summary>Topic exchange: what happened.</summary>
    public const string Events = "shop.events";

    /// <summary>Fanout exchange: hints that an order changed, between web nodes.</summary>
    public const string News = "shop.news";

    /// <summary>The broker's own dead letters, drained into the one dead-letter table.</summary>
    public const string Dead = "shop.dead";

    /// <summary><c>app_id</c> of everything we publish.</summary>
    public const string AppId = "storefront";

    /// <summary>The queue of a part of the shop.</summary>
    public static string QueueOf(string part) => $"shop.{part}";
}
