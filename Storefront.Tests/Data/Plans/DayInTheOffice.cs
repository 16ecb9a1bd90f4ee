using Microsoft.Extensions.DependencyInjection;
using Storefront.Catalog;
using Storefront.Departments.Controls;
using Storefront.Departments.Warehouse;
using Storefront.Messaging.DeadLetters;
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

/// <summary>What the staff does in the back office in a day (<see cref="DayInTheShop"/>).</summary>
internal sealed class DayInTheOffice(TestShop shop)
{
    /// <summary>What is offered beside status, work and search.</summary>
    private static readonly OrderFilter[] More = [OrderFilter.None, new() { Source = OrderSource.Shop, From = new(2026, 1, 1) }, new() { Least = 1, Most = 100_000 }, new() { Sort = OrderSort.Dearest }];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Looks at everything, and sees to letters and goods.</summary>
    /// <param name="number">An order that waits at packing, where nobody works.</param>
    public async Task PassAsync(OrderNumber number)
    {
        await LettersAsync(number);
        await OfficeAsync(number);
        await GoodsAsync();
    }

    /// <summary>What the staff does by hand about a task at packing, where nobody works; the sweeper may do something about it at any time.</summary>
    public async Task LendHandsAsync(OrderNumber number)
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

    private T Get<T>() where T : notnull => shop.Services.GetRequiredService<T>();

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
}
