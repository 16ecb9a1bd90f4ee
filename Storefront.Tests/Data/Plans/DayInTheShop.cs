using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Departments;
using Storefront.Departments.Controls;
using Storefront.Departments.Mail;
using Storefront.Departments.Mail.Paper;
using Storefront.Departments.Marketing;
using Storefront.Departments.Warehouse;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;
using Storefront.Orders.ByHand;
using Storefront.Tests.Browser;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Audit;
using Storefront.Web.BackOffice.Pages.DeadLetters;
using Storefront.Web.BackOffice.Pages.Marketing;
using Storefront.Web.BackOffice.Pages.Orders;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Pages.Products;
using Storefront.Web.BackOffice.Pages.Products.Stock;
using Storefront.Web.BackOffice.Pages.Queues;
using Storefront.Web.BackOffice.Pages.Warehouse;

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
        await LettersAsync(number);
        await OfficeAsync(number);
        await GoodsAsync();
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
        await Get<StoreWrites>().RunAsync(async (db, ct) =>
        {
            await MarketingSums.TakeInAsync(db, 100, ct);
            await MarketingSums.TakeOutAsync(db, 1, ct);
            return await db.SaveChangesAsync(ct);
        }, Cancellation);
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

    private async Task LettersAsync(OrderNumber number)
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
        var letter = (await reader.FindAsync(group.First, 100, Cancellation)).ShouldNotBeNull();
        await Get<LetterOutcomes>().FindAsync(letter, Cancellation);
        await Get<LetterOutcomes>().FindAsync(letter with { Queue = "shop.sales", CorrelationId = number.ToString() }, Cancellation);
    }

    private async Task AuditAsync()
    {
        var (book, staff) = (Get<AuditList>(), Get<StaffBook>());
        await staff.SignOutEverywhereAsync((await staff.ReadAsync(Cancellation))[0].Id, "Staff");
        foreach (var filter in new AuditFilter[] { new(), new("Staff"), new(Action: "staff.sign-out"), new(Subject: "staff manager"), new("Staff", "staff.sign-out", "staff manager") })
        {
            await book.ReadAsync(filter, before: 5, null, Cancellation);
            await book.ReadAsync(filter, null, after: 0, Cancellation);
        }
    }

    private async Task OfficeAsync(OrderNumber number)
    {
        await Get<OfficeCounts>().ReadAsync(Cancellation);
        await Get<StaffOrders>().FindAsync(number, Cancellation);
        await AuditAsync();
        await Get<Backlog>().ReadAsync(Cancellation);
        (await Get<DepartmentControls>().ChangeAsync(Department.Sales, new() { Weather = new WeatherWish(0, WeatherWish.Shortest) }, "Staff", Cancellation)).ShouldBeEmpty();
        foreach (var period in Enum.GetValues<Period>())
        {
            await Get<SalesBook>().ReadAsync(period, Cancellation);
        }

        await Get<PrintJobs>().ReadAsync(null, Cancellation);
        await Get<PrintJobs>().ReadAsync(new(DateTimeOffset.UtcNow, 5), Cancellation);
        await Get<PrintJobs>().NewestAsync(Cancellation);
        await Get<WaitingLists>().ReadAsync(Department.Packing, Cancellation);
        await Get<ParcelReader>().FindAsync(1, Cancellation);
        await Get<PickLists>().FindAsync(number, Cancellation);
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

    private async Task GoodsAsync()
    {
        var (desk, shelf, book) = (Get<GoodsDesk>(), Get<ProductShelf>(), Get<StockBook>());
        var seen = (await shelf.FindAsync(1, Cancellation)).ShouldNotBeNull().Product;
        var draft = new ProductDraft("Sloe Gin", "sloe-gin", seen.CategoryId, 2100, "P-99", "Strong.", "Very strong.", []);
        (await desk.CreateAsync(draft, "Holly", Cancellation)).ShouldBeOfType<Editing.Saved>();
        (await desk.SaveAsync(1, 0, draft with { Slug = "sloe-jam" }, "Holly", Cancellation)).ShouldBeOfType<Editing.Saved>();
        await desk.ArchiveAsync(1, 1, isArchived: true, "Holly", Cancellation);
        var picture = new ProductPicture { Hash = new string('a', 32), Large = [1], Card = [1], At = DateTimeOffset.UtcNow };
        await desk.ShowAsync(1, 2, picture, "Holly", Cancellation);
        await desk.ArchiveAsync(1, 3, isArchived: false, "Holly", Cancellation);
        await desk.SaveAsync(1, 4, new ProductDraft(seen.Name, seen.Slug, seen.CategoryId, seen.PriceMinor, seen.Bin, seen.Line, seen.Description, []), "Holly", Cancellation);
        await Get<StockDesk>().MoveAsync(new(1, MovementKind.Count, 40, "Monday"), "Holly", Cancellation);
        await shelf.ReadAsync(Cancellation);
        await book.ReadAsync(1, null, Cancellation);
        await book.ReadAsync(1, 5, Cancellation);
        await book.SalesAsync(2, Cancellation);
        await book.AddUpAsync(2, Cancellation);
        (await shop.Client.GetByteArrayAsync(new Uri("/" + ProductPicture.CardPathOf(picture.Hash), UriKind.Relative), Cancellation)).ShouldBe([1]);
    }

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
        ReadFigures();
    }

    /// <summary>Of this shop only: another test's may be closing at this moment, and its context factory with it.</summary>
    private void ReadFigures()
    {
        var own = Get<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, own))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.Start();
        listener.RecordObservableInstruments();
    }
}
