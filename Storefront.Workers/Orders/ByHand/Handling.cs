namespace Storefront.Orders.ByHand;

/// <summary>How something ended that a member of the staff asked for about an order.</summary>
public enum Handling
{
    /// <summary>It is done, or on its way now.</summary>
    Done,

    /// <summary>It is not, or no longer, in a state in which that could be done: somebody was quicker. Nothing changed.</summary>
    Settled,

    /// <summary>Its message is with the broker already: nothing changed.</summary>
    OnItsWay,

    /// <summary>There is no such order: nothing changed.</summary>
    Unknown,
}
