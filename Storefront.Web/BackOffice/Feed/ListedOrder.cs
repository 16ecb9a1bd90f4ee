using System.Linq.Expressions;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Feed;

/// <summary>An order as a row of a list.</summary>
public sealed record ListedOrder(
    long Id, OrderNumber Number, string Customer, OrderStatus Status, long PriceMinor, string Currency, DateTimeOffset PlacedAt, OrderSource Source,
    IReadOnlyList<ListedTask> Tasks)
{
    public static Expression<Func<Order, ListedOrder>> Row { get; } = o => new ListedOrder(
        o.Id, o.Number, o.Customer.Name, o.Status, o.PriceMinor, o.Currency, o.PlacedAt, o.Source,
        o.Tasks.Select(t => new ListedTask(t.Department, t.Action, t.State, t.QueuedAt)).ToList());

    public bool NeedsAttention => Tasks.Any(t => t.State == TaskState.Failed);
}

/// <summary>One department's part in a listed order.</summary>
public sealed record ListedTask(Department Department, TaskAction Action, TaskState State, DateTimeOffset? QueuedAt);
