namespace Storefront.Web.Store.Tracking;

/// <summary>What somebody types who looks for an order.</summary>
public sealed class FindOrder
{
    public string? Order { get; set; }

    /// <summary>With the address it was placed with, the order becomes this browser's own; without, it is shown as anybody may see it.</summary>
    public string? Email { get; set; }
}
