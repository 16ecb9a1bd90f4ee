using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments;
using Storefront.Departments.Mail;
using Storefront.Departments.Mail.Paper;
using Storefront.Departments.Warehouse;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;
using Storefront.Orders.ByHand;
using Storefront.Tests.Browser;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Orders;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Pages.Statistics;

namespace Storefront.Tests.Data.Plans;

/// <summary>Everything that anybody does in the shop, once, so that every query it knows has been asked.</summary>
internal sealed class DayInTheShop(TestShop shop)
{
    private static readonly string[] Paths = ["/", "/catalogue?q=tea", "/product/bramble-jam", "/cart", "/products", "/health/ready"];

    /// <summary>What is offered beside status, work and search.</summary>
    private static readonly OrderFilter[] More = [OrderFilter.None, new() { Source = OrderSource.Shop, From = new(2026, 1, 1) }, new() { Least = 1, Most = 100_000 }, new() { Sort = OrderSort.Dearest }];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task PassAsync()
    {
        var number = await CustomersAsync();
        await BackRoomAsync(number);
        await RelayAsync();
        await MailAsync(number);
        await LettersAsync();
        await OfficeAsync(number);
        await ProbesAsync(number);
        await HandsAsync(number);
    }

    private T Get<T>() where T : notnull => shop.Services.GetRequiredService<T>();

    /// <summary>Order, order the same again, cancel, and come from elsewhere; the broker takes them to the departments, of which packing does not work.</summary>
    private async Task<OrderNumber> CustomersAsync()
    {
        const string body = """{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}""";
        var first = await (await shop.Client.PostOrderAsync(body, "key")).JsonAsync();
        await shop.Client.PostOrderAsync(body, "key");
        OrderNumber.TryParse(first.GetProperty("order_num").GetString()!, out var number).ShouldBeTrue();
        (await Get<PlaceOrder>().RunAsync(new(new Customer("Bob"), OrderRequest.CountIds(Enumerable.Repeat(16, 99))), OrderSource.Shop, null, Cancellation)).ShouldBeOfType<Placing.SoldOut>();
        for (var i = 0; i < 2; i++)
        {
            await Get<PlaceOrder>().AdoptAsync(new ForeignOrder(new Customer("Bob"), [new(2, 1)], 0, "from-elsewhere", "B-1"), Cancellation);
        }

        var regretted = await shop.PlaceAsync(Cancellation);
        (await Get<CancelOrder>().RunAsync(regretted, HistoryData.Customer, Cancellation)).ShouldBe(Cancelling.Cancelled);
        return number;
    }

    private async Task BackRoomAsync(OrderNumber number)
    {
        await Watching.UntilAsync("the departments have done what they can", async () =>
        {
            var tasks = (await shop.FindAsync(number)).Tasks;
            return tasks.Count(t => t.State == TaskState.Done) == 3;
        }, Cancellation);
        var undone = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("sold and printed", async () => (await shop.FindAsync(undone)).Tasks.Count(t => t.State == TaskState.Done) == 3, Cancellation);
        await Get<CancelOrder>().RunAsync(undone, "Staff", Cancellation);
        await Watching.UntilAsync("undone", async () => (await shop.FindAsync(undone)).IsComplete, Cancellation);
        await Get<SweepCommits>().SetGoingAsync(number, [new(Department.Packing, TaskAction.Do)], TimeSpan.Zero, Cancellation);
    }

    private async Task RelayAsync()
    {
        var outbox = Get<OutboxTable>();
        await outbox.DueAsync(DateTimeOffset.UtcNow, [1], 100, Cancellation);
        await outbox.FirstAsync([1, 2], Cancellation);
        await outbox.NextAfterAsync(DateTimeOffset.UtcNow, Cancellation);
        await outbox.RestAsync([(1, TimeSpan.FromSeconds(1))], Cancellation);
        await outbox.DeleteAsync([1, 2], Cancellation);
        await outbox.ParkAsync(1, "Nobody took it.", new InvalidOperationException(), 1, Cancellation);
    }

    private async Task MailAsync(OrderNumber silent)
    {
        var commits = Get<MailCommits>();
        var delivery = new Delivery(MailStation.Queue, null, "order.accepted.v1", null, null, null, null, "{}"u8.ToArray());
        (await commits.ClaimAsync(silent, MailKind.Confirmation, delivery, Cancellation)).ShouldBeNull();
        var number = (await Get<PlaceOrder>().RunAsync(new(new Customer("Helgi", "helgi@example.com"), OrderRequest.CountIds([2, 4])), OrderSource.Shop, null, Cancellation)).ShouldBeOfType<Placing.Accepted>().Number;
        var job = (await commits.ClaimAsync(number, MailKind.Confirmation, delivery, Cancellation)).ShouldNotBeNull();
        await Get<MailOrders>().ReadAsync(number, Cancellation);
        await commits.FinishAsync(job);
    }

    private async Task LettersAsync()
    {
        var (box, desk, reader) = (Get<DeadLetterBox>(), Get<DeadLetterDesk>(), Get<DeadLetterReader>());
        for (var i = 0; i < 4; i++)
        {
            await box.WriteAsync(new("orders", "m-1", null, null, null, null, null, "?"u8.ToArray()), "It is not JSON.", null, Cancellation);
        }

        var group = (await reader.GroupsAsync(DeadLetterState.Waiting, Cancellation))[0];
        LetterSelection[] selections = [LetterSelection.All, group.Selection, new LetterSelection.One(group.First)];
        foreach (var selection in selections)
        {
            await reader.CountAsync(selection, DeadLetterState.Waiting, Cancellation);
            await reader.ReadAsync(selection, DeadLetterState.Waiting, before: null, Cancellation);
            await reader.ReadAsync(selection, DeadLetterState.Waiting, before: 3, Cancellation);
        }

        await desk.DiscardAsync(selections[2], "Staff", "Nobody misses it.", Cancellation);
        await desk.ReplayAsync(selections[1], "Staff", Cancellation);
        await desk.ReplayAsync(selections[0], "Staff", Cancellation);
        await reader.FindAsync(group.First, 100, Cancellation);
        await Get<LetterHistory>().ReadAsync(group.First, Cancellation);
    }

    private async Task OfficeAsync(OrderNumber number)
    {
        await Get<OfficeCounts>().ReadAsync(Cancellation);
        await Get<StaffOrders>().FindAsync(number, Cancellation);
        await Get<StatisticsBook>().ReadAsync(Cancellation);
        var (list, now) = (Get<OrderList>(), DateTimeOffset.UtcNow);
        await list.AgainAsync([number], Cancellation);
        foreach (var filter in Filters(number))
        {
            await list.ReadAsync(filter, null, null, Cancellation);
            await list.ReadAsync(filter, new(now.UtcTicks, 5), null, Cancellation);
            await list.ReadAsync(filter, null, new(now.AddDays(-1).UtcTicks, 5), Cancellation);
            await list.AmongAsync(filter, [number], Cancellation);
        }
    }

    /// <summary>What the staff does by hand about a task at packing, where nobody works; the sweeper may do something about it at any time.</summary>
    private async Task HandsAsync(OrderNumber number)
    {
        await Get<RemindTask>().RunAsync(number, Department.Packing, "Staff", Cancellation);
        await shop.ChangeAsync(number, (order, now) => order.Claim(Department.Packing, now, alone: true));
        await shop.ChangeAsync(number, (order, now) => order.Retry(Department.Packing, 1, "no string", now));
        await Get<RetryTask>().RunAsync(number, Department.Packing, "Staff", Cancellation);
        await shop.ChangeAsync(number, (order, now) => order.Claim(Department.Packing, now, alone: true));
        await shop.ChangeAsync(number, (order, now) => order.GiveUp(Department.Packing, 2, "no string", now));
        await Get<DeadLetterBox>().WriteAsync(new("shop.packing", "m-2", "order.picked.v1", number.ToString(), null, null, null, "?"u8.ToArray()), "no string", null, Cancellation);
        await Get<ResolveTask>().RunAsync(number, Department.Packing, "By hand.", "Staff", Cancellation);
        await Get<NoteOnOrder>().RunAsync(number, "It has no string.", "Staff", Cancellation);
        await Get<PickLists>().FindAsync(number, Cancellation);
        await Get<OrderCsv>().WriteAsync(OrderFilter.None, Stream.Null, Cancellation);
    }

    /// <summary>Every choice that the list of orders offers, alone and with each other.</summary>
    private static IEnumerable<OrderFilter> Filters(OrderNumber number) =>
        from status in new OrderStatus?[] { null, OrderStatus.Placed, OrderStatus.Shipped, OrderStatus.Cancelled }
        from attention in Enumerable.Range(0, 2).Select(i => i == 1)
        from room in new Department?[] { null, Department.Sales }
        from state in new TaskState?[] { null, TaskState.Waiting }
        from search in new[] { null, "helgi", "helgi@example.com", number.ToString(), number.ToString().Replace("-", "", StringComparison.Ordinal) }
        from more in room is null && state is null ? More : [OrderFilter.None]
        select more with { Status = status, Attention = attention, Room = room, State = state, Search = search };

    private async Task ProbesAsync(OrderNumber number)
    {
        foreach (var path in Paths.Append($"/track/{number}").Append($"/order/{number}"))
        {
            using var answer = await shop.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            ((int)answer.StatusCode).ShouldBeLessThan(400, path);
        }

        await Get<OrderReader>().ListAsync([number, OrderNumber.New()], Cancellation);
        await Get<OrderOwners>().FindAsync(number, Cancellation);
        await Get<OrderOwners>().IsOfAsync(number, "helgi@example.com", Cancellation);
        (await Get<OrderOwners>().NumbersOfAsync("Helgi@Example.com", 50, Cancellation)).ShouldHaveSingleItem();
        await Get<OrderReader>().NewerThanAsync(new Dictionary<OrderNumber, long> { [number] = 0 }, Cancellation);
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        meters.Start();
        meters.RecordObservableInstruments();
    }
}
