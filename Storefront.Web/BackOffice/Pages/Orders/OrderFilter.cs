using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>Which orders a list shows. Lives in the address, so a list can be kept, shared and gone back to.</summary>
/// <param name="Status">Only orders that have come this far.</param>
/// <param name="Attention">Only orders with a task out of attempts.</param>
/// <param name="Room">Only orders with unfinished work in this room, its turn having come.</param>
/// <param name="State">Only orders with a task in this state (in <paramref name="Room"/>, if given).</param>
/// <param name="Search">An order number, or how the customer's name begins.</param>
public sealed record OrderFilter(OrderStatus? Status = null, bool Attention = false, Department? Room = null, TaskState? State = null, string? Search = null)
{
    public static OrderFilter None { get; } = new();

    /// <summary>From the words of an address; what is not a word of ours is left out.</summary>
    public static OrderFilter Read(string? status, bool attention, string? room, string? state, string? search) => new(
        Term<OrderStatus>(status), attention, Term<Department>(room),
        Term<TaskState>(state) is { } known && RoomLoad.States.Contains(known) ? known : null,
        string.IsNullOrWhiteSpace(search) ? null : search.Trim());

    /// <summary>The list's address with this filter, at the newest orders.</summary>
    public string Address => OfficeAddress.Orders + QueryString.Create(Words());

    public IQueryable<Order> Apply(StoreDb db)
    {
        var orders = db.Orders.AsNoTracking();
        if (Status is { } status)
        {
            orders = status switch
            {
                // Said as a constant, which is what the index over them asks for.
                OrderStatus.Cancelled => orders.Where(o => o.Status == OrderStatus.Cancelled),
                OrderStatus.Shipped => orders.Where(o => o.Status == OrderStatus.Shipped),
                // Few against many shipped ones, and every one of them has unfinished work at shipping: the way to find them without looking at all.
                _ => In(orders.Where(o => o.Status == status), db.OrderTasks.Unfinished().Where(t => t.Department == Department.Shipping)),
            };
        }

        if (Attention)
        {
            orders = In(orders, db.OrderTasks.Unfinished(TaskState.Failed));
        }

        if (Room is not null || State is not null)
        {
            var tasks = State is { } state ? db.OrderTasks.Unfinished(state) : db.OrderTasks.Unfinished();
            tasks = Room is { } room ? tasks.Where(t => t.Department == room) : tasks;
            orders = In(orders, tasks.Where(t => t.QueuedAt != null));
        }

        if (Search is not null)
        {
            var prefix = Search.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
            // Whatever the case of its letters, in words that every database has: each lowers both sides by its own rules.
            // A number with its dashes is a number; without them a name might look like one.
#pragma warning disable CA1304, CA1311, MA0011 // It is the database that lowers them.
            orders = !OrderNumber.TryParse(Search, out var number) ? orders.Where(o => EF.Functions.Like(o.Customer.Name.ToLower(), EF.Parameter(prefix).ToLower(), "\\"))
                : Search.Contains('-', StringComparison.Ordinal) ? orders.Where(o => o.Number == number)
                : orders.Where(o => o.Number == number || EF.Functions.Like(o.Customer.Name.ToLower(), EF.Parameter(prefix).ToLower(), "\\"));
#pragma warning restore CA1304, CA1311, MA0011
        }

        return orders;
    }

    /// <summary>What the filter asks for, to be said in a sentence about orders.</summary>
    public override string ToString() => string.Join(", ", Parts().DefaultIfEmpty("all"));

    // From the few tasks to their orders, instead of asking every order for its tasks.
    private static IQueryable<Order> In(IQueryable<Order> orders, IQueryable<OrderTask> tasks) =>
        orders.Where(o => tasks.Select(t => EF.Property<long>(t, "OrderId")).Contains(o.Id));

    private static T? Term<T>(string? word) where T : struct, Enum =>
        Enum.GetValues<T>().Where(t => t.Text() == word).Select(t => (T?)t).FirstOrDefault();

    private IEnumerable<KeyValuePair<string, string?>> Words()
    {
        if (Status is { } status)
        {
            yield return new("status", status.Text());
        }

        if (Attention)
        {
            yield return new("attention", "true");
        }

        if (Room is { } room)
        {
            yield return new("room", room.Text());
        }

        if (State is { } state)
        {
            yield return new("state", state.Text());
        }

        if (Search is not null)
        {
            yield return new("q", Search);
        }
    }

    private IEnumerable<string> Parts()
    {
        if (Status is { } status)
        {
            yield return status.Text();
        }

        if (Attention)
        {
            yield return "needing attention";
        }

        if (Room is not null || State is not null)
        {
            yield return $"{State?.Text() ?? "at work"} in {(Room is { } room ? Rooms.Of(room).Name : "any room")}";
        }

        if (Search is not null)
        {
            yield return $"“{Search}”";
        }
    }
}
