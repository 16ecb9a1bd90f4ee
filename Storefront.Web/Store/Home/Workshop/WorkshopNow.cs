using Storefront.Orders;

namespace Storefront.Web.Store.Home.Workshop;

/// <summary>What happens behind the counter, for everybody to see: how many and what, never whose.</summary>
/// <param name="Rooms">The departments, in the order of <see cref="OrderTerms.Departments"/>.</param>
/// <param name="LastHour">Orders placed in the last hour.</param>
/// <param name="Newest">The newest order; null before the first.</param>
public sealed record WorkshopNow(IReadOnlyList<RoomNow> Rooms, UpTo LastHour, NewestOrder? Newest);

/// <summary>A department.</summary>
/// <param name="Room">Which.</param>
/// <param name="InHand">Orders being worked on.</param>
/// <param name="Waiting">Orders whose turn has come, and which wait.</param>
public sealed record RoomNow(Department Room, UpTo InHand, UpTo Waiting);

/// <summary>What was ordered last.</summary>
/// <param name="At">When.</param>
/// <param name="Product">Its first product.</param>
/// <param name="Others">How many other products it has.</param>
public sealed record NewestOrder(DateTimeOffset At, int Product, int Others);

/// <summary>A number of which nobody needs to know more than that it is large: counting stops at <see cref="Most"/>.</summary>
public readonly record struct UpTo(int Count)
{
    public const int Most = 100;

    public bool IsMost => Count >= Most;
}
