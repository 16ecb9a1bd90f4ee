using Microsoft.EntityFrameworkCore;
using Storefront.Orders;
using Storefront.Web.BackOffice.Pages.Orders;

namespace Storefront.Tests.BackOffice;

/// <summary>
/// Every way in which orders are found comes to the same orders as looking at each of them: sorted because they are few, or walked a few at a time, as it is with
/// a million.
/// </summary>
public sealed class Finding_orders : IAsyncLifetime
{
    private static readonly string[] Names = ["Helgi Möller", "helgi m", "Ada", "Zoë = 1"];

    private static readonly OrderFilter[] Filters =
    [
        OrderFilter.None, new(OrderStatus.Placed), new(OrderStatus.Shipped), new(OrderStatus.Cancelled), new(Attention: true), new(Room: Department.Sales), new(State: TaskState.Waiting),
        new(Room: Department.Warehouse, State: TaskState.Waiting), new(Search: "helgi"), new(Search: "HELGI MÖLLER"), new(Search: "ada"), new(Search: "ADA@example.org"), new(Search: "nobody"),
        new() { Source = OrderSource.Api }, new() { Source = OrderSource.Queue }, new() { Least = 1000 }, new() { Most = 999 }, new() { Least = 500, Most = 2000 },
        new() { From = new(2026, 11, 24) }, new() { To = new(2026, 11, 24) }, new() { From = new(2026, 11, 24), To = new(2026, 11, 24) },
        new(OrderStatus.Cancelled, Search: "h") { Source = OrderSource.Shop }, new(OrderStatus.Placed, Attention: true) { Least = 1 }, new(Room: Department.Sales, Search: "a") { From = new(2026, 11, 24), Most = 5000 },
    ];

    private OfficeDesk _desk = null!;
    private List<Order> _all = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        for (var i = 0; i < 40; i++)
        {
            await PlaceAsync(i);
        }

        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        _all = await db.Orders.AsNoTracking().Include(o => o.Tasks).ToListAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Theory]
    [InlineData(1000, 10_000)]
    [InlineData(3, 10_000)]
    [InlineData(0, 4)]
    [InlineData(5, 1)]
    public async Task Comes_to_the_same_down_and_up_the_list_however_few_are_looked_at(int few, int lookedAt)
    {
        var limits = new OrderFinder.Limits(few, lookedAt);
        foreach (var filter in Filters.SelectMany(f => Enum.GetValues<OrderSort>().Select(sort => f with { Sort = sort })))
        {
            var wanted = Sorted(_all.Where(o => Fits(filter, o)), filter.Sort).Select(o => o.Id).ToList();
            (await WalkAsync(filter, limits, isUpward: false)).ShouldBe(wanted, $"{filter}, {filter.Sort}");
            (await WalkAsync(filter, limits, isUpward: true)).ShouldBe(wanted.AsEnumerable().Reverse(), $"{filter}, {filter.Sort}, upward");
        }
    }

    [Fact]
    public async Task Says_that_it_was_cut_short_and_goes_on_from_there()
    {
        var list = new OrderList(_desk.Contexts, _desk.Clock) { Within = new(Few: 0, LookedAt: 10) };
        OrderFilter rare = new(Search: "ada") { Source = OrderSource.Api, Least = 1 };
        var (slice, found, looks) = (await list.ReadAsync(rare, null, null, Cancellation), new List<long>(), 1);
        found.AddRange(slice.Rows.Select(o => o.Id));
        while (slice.Next is { } next)
        {
            slice.IsCutShort.ShouldBeTrue();
            slice = await list.ReadAsync(rare, next, null, Cancellation);
            found.AddRange(slice.Rows.Select(o => o.Id));
            looks++;
        }

        found.ShouldBe(Sorted(_all.Where(o => Fits(rare, o)), OrderSort.Newest).Select(o => o.Id));
        looks.ShouldBeGreaterThan(1);
        slice.Total.ShouldBeNull("nobody has counted them");
    }

    [Fact]
    public async Task Goes_back_up_to_the_orders_it_came_down_by()
    {
        var list = new OrderList(_desk.Contexts, _desk.Clock);
        foreach (var sort in Enum.GetValues<OrderSort>())
        {
            var filter = new OrderFilter { Sort = sort };
            var first = await list.ReadAsync(filter, null, null, Cancellation);
            var second = await list.ReadAsync(filter, first.Next, null, Cancellation);
            var back = await list.ReadAsync(filter, null, second.Previous, Cancellation);
            back.Rows.Select(o => o.Id).ShouldBe(first.Rows.Select(o => o.Id), $"{sort}");
            second.Rows.Count.ShouldBe(10);
        }
    }

    private async Task<List<long>> WalkAsync(OrderFilter filter, OrderFinder.Limits limits, bool isUpward)
    {
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        var finder = await OrderFinder.OfAsync(db, filter, _desk.Clock.LocalTimeZone, limits, Cancellation);
        var (found, place) = (new List<long>(), (OrderCursor?)null);
        do
        {
            var some = await finder.FindAsync(place, isUpward, most: 7, Cancellation);
            found.AddRange(some.Places.Select(p => p.Id));
            place = some.Next;
        }
        while (place is not null);

        return found;
    }

    /// <summary>Orders of all kinds, some placed at the same moment.</summary>
    private async Task PlaceAsync(int i)
    {
        if (i % 3 == 0)
        {
            _desk.Clock.Advance(TimeSpan.FromHours(5));
        }

        var (source, customer) = ((OrderSource)(i % 2), new Customer(Names[i % 4], i % 4 == 2 ? "Ada@example.org" : null));
        var number = (await _desk.Get<PlaceOrder>().RunAsync(new(customer, OrderRequest.CountIds(Enumerable.Repeat(1 + (i % 9), 1 + (i % 5)))), source, null, Cancellation)).ShouldBeOfType<Placing.Accepted>().Number;
        switch (i % 7)
        {
            case 1:
                await _desk.FinishAsync(number, [.. OrderTerms.Departments]);
                break;
            case 2:
                await _desk.ChangeAsync(number, order => order.Cancel("anna", _desk.Clock.GetUtcNow()));
                break;
            case 3:
                await _desk.FailAsync(number, Department.Sales, "no answer", forGood: true);
                break;
            case 4:
                await _desk.FinishAsync(number, Department.Warehouse);
                break;
        }
    }

    private static IEnumerable<Order> Sorted(IEnumerable<Order> orders, OrderSort sort) => sort switch
    {
        OrderSort.Newest => orders.OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id),
        OrderSort.Oldest => orders.OrderBy(o => o.PlacedAt).ThenBy(o => o.Id),
        OrderSort.Dearest => orders.OrderByDescending(o => o.PriceMinor).ThenByDescending(o => o.Id),
        _ => orders.OrderBy(o => o.PriceMinor).ThenBy(o => o.Id),
    };

    private static bool Fits(OrderFilter filter, Order order) =>
        (filter.Status is null || order.Status == filter.Status)
        && (!filter.Attention || order.Tasks.Exists(t => t.State == TaskState.Failed))
        && ((filter.Room is null && filter.State is null) || order.Tasks.Exists(t => t.State is not (TaskState.Done or TaskState.Cancelled)
            && t.QueuedAt is not null && (filter.Room is null || t.Department == filter.Room) && (filter.State is null || t.State == filter.State)))
        && (filter.Source is null || order.Source == filter.Source)
        && (filter.From is null || DateOnly.FromDateTime(order.PlacedAt.UtcDateTime) >= filter.From)
        && (filter.To is null || DateOnly.FromDateTime(order.PlacedAt.UtcDateTime) <= filter.To)
        && (filter.Least is null || order.PriceMinor >= filter.Least)
        && (filter.Most is null || order.PriceMinor <= filter.Most)
        && (filter.Search is null || (filter.Search.Contains('@', StringComparison.Ordinal)
            ? string.Equals(order.Customer.Email, filter.Search, StringComparison.OrdinalIgnoreCase)
            : AsciiLower(order.Customer.Name).StartsWith(AsciiLower(filter.Search), StringComparison.Ordinal)));

    private static string AsciiLower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
}
