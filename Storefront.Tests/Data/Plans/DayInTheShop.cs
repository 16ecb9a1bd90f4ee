using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Departments;
using Storefront.Departments.Mail;
using Storefront.Departments.Mail.Paper;
using Storefront.Departments.Marketing;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;
using Storefront.Orders;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Data.Plans;

/// <summary>Everything that anybody does in the shop, once, so that every query it knows has been asked; what the staff does is in <see cref="DayInTheOffice"/>.</summary>
internal sealed class DayInTheShop(TestShop shop)
{
    private static readonly string[] Paths = ["/", "/catalogue?q=tea", "/product/bramble-jam", "/cart", "/products", "/health/ready"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task PassAsync()
    {
        var number = await CustomersAsync();
        await BackRoomAsync(number);
        await RelayAsync();
        await MailAsync(number);
        var office = new DayInTheOffice(shop);
        await office.PassAsync(number);
        await ProbesAsync(number);
        await office.LendHandsAsync(number);
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
        using var figures = new ShopMeter(shop);
        figures.Read("storefront.outbox.age").ShouldNotBeNull();
    }
}
