using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging;
using Storefront.Orders;
using Storefront.Tests.Store;

namespace Storefront.Tests.Orders;

public sealed class Placing_an_order(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private static readonly Customer Helgi = new(" Helgi Möller ", "helgi@example.com", "Ring twice") { Address = new("Hedge Lane 4", "Burrow", "101", "Iceland") };

    private TestShop Shop => fixture.Shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_order_lines_tasks_history_and_message_in_one_commit()
    {
        var before = await Shop.StockAsync(4);
        var placed = await AcceptedAsync(new OrderRequest(Helgi, OrderRequest.CountIds([4, 2, 4])));

        await using var db = Shop.OpenDatabase();
        var order = await db.Orders.Include(o => o.Lines).Include(o => o.Tasks).Include(o => o.History).SingleAsync(o => o.Number == placed.Number, Cancellation);
        order.Customer.Name.ShouldBe("Helgi Möller");
        order.Customer.Address.ShouldBe(new Address("Hedge Lane 4", "Burrow", "101", "Iceland"));
        order.Lines.Select(l => (l.ProductId, l.Quantity)).ShouldBe([(2, 1), (4, 2)], ignoreOrder: true);
        order.PriceMinor.ShouldBe(order.Lines.Sum(l => l.PriceMinor * l.Quantity));
        order.PriceMinor.ShouldBe(placed.PriceMinor);
        order.Tasks.Count.ShouldBe(5);
        order.History.Single().Kind.ShouldBe(HistoryKind.Placed);
        (await Shop.StockAsync(4)).ShouldBe(before - 2);

        var row = await db.Outbox.SingleAsync(r => r.CorrelationId == placed.Number.ToString(), Cancellation);
        (row.Exchange, row.RoutingKey, row.Type).ShouldBe(("", Topology.Orders, OrderMessages.PlacedType));
        row.MessageId.ShouldBe($"{placed.Number}:placed");
    }

    [Fact]
    public async Task Tells_the_news_after_the_commit_and_only_then()
    {
        var heard = new List<OrderChanged>();
        using var listening = Shop.Services.GetRequiredService<OrderNews>().Listen(heard.Add);
        (await PlaceAsync(new OrderRequest(Helgi, [new(777, 1)]))).ShouldBeOfType<Placing.Refused>();
        var placed = await AcceptedAsync(new OrderRequest(Helgi, [new(2, 1)]));
        heard.Where(h => h.Number == placed.Number).ShouldBe([new OrderChanged(placed.Number, 1)]);
    }

    [Fact]
    public async Task Names_everything_that_is_wrong_at_once_and_stores_nothing()
    {
        var before = await CountAsync();
        var refused = (await PlaceAsync(new OrderRequest(new Customer("  ", "nobody", new string('x', 1001)) { Address = new("", "Burrow", "101", "Iceland") }, [new(777, 1), new(2, 1)])))
            .ShouldBeOfType<Placing.Refused>();
        refused.Faults.Select(f => f.Field).ShouldBe(["customer_name", "email", "note", "address.street", "products_ids"], ignoreOrder: true);
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Says_which_goods_are_sold_out_and_leaves_the_others_on_the_shelf()
    {
        var (tea, jam) = (await Shop.StockAsync(2), await Shop.StockAsync(1));
        await using (var db = Shop.OpenDatabase())
        {
            await db.Products.Where(p => p.Id == 3).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, 1), Cancellation);
        }

        var soldOut = (await PlaceAsync(new OrderRequest(Helgi, [new(2, 1), new(3, 2), new(1, 1)]))).ShouldBeOfType<Placing.SoldOut>();
        soldOut.Shortages.Select(s => (s.ProductId, s.Wanted, s.Left)).ShouldBe([(3, 2, 1)]);
        (await Shop.StockAsync(2), await Shop.StockAsync(1)).ShouldBe((tea, jam));
    }

    [Fact]
    public async Task At_other_prices_than_the_customer_saw_is_refused_naming_each_together_with_what_is_sold_out()
    {
        await Shop.RepriceAsync(5, 19_00);
        await Shop.RepriceAsync(6, 4_00);
        await Shop.LeaveAsync(7, 1);
        var (orders, stock) = (await Shop.OrdersAsync(), await Shop.StockAsync(5));
        var request = new OrderRequest(Helgi, [new(5, 2), new(6, 1), new(7, 3), new(8, 1)]) { SeenPrices = new Dictionary<int, long> { [5] = 18_00, [6] = 4_00, [7] = 1 } };

        var repriced = (await PlaceAsync(request)).ShouldBeOfType<Placing.Repriced>();

        repriced.Prices.Select(p => (p.ProductId, p.SeenMinor)).ShouldBe([(5, 18_00L), (7, 1L)]);
        repriced.Prices[0].NowMinor.ShouldBe(19_00);
        repriced.Shortages.Select(s => (s.ProductId, s.Wanted, s.Left)).ShouldBe([(7, 3, 1)]);
        (await Shop.OrdersAsync(), await Shop.StockAsync(5), await Shop.StockAsync(7)).ShouldBe((orders, stock, 1));
    }

    [Fact]
    public async Task At_the_prices_that_the_customer_saw_is_placed() =>
        (await AcceptedAsync(new OrderRequest(Helgi, [new(5, 2)]) { SeenPrices = new Dictionary<int, long> { [5] = await PriceAsync(5), [99] = 1 } })).Number.ShouldNotBe(default);

    [Theory]
    [InlineData("\u200b")]
    [InlineData(" \u2060\ufeff ")]
    [InlineData("\u202e")]
    public async Task For_a_name_in_which_there_is_nothing_to_see_is_refused(string name) =>
        (await PlaceAsync(new OrderRequest(new Customer(name), [new(2, 1)]))).ShouldBeOfType<Placing.Refused>().Faults.Select(f => f.Field).ShouldBe(["customer_name"]);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Takes_a_hundred_pieces_and_no_more(int pieces, bool fits) =>
        (await PlaceAsync(new OrderRequest(Helgi, [new(42, pieces)])) is Placing.Accepted).ShouldBe(fits);

    [Fact]
    public async Task Counts_a_name_in_characters_as_people_do()
    {
        var emoji = string.Concat(Enumerable.Repeat("🐇", 200));
        (await PlaceAsync(new OrderRequest(new Customer(emoji), [new(2, 1)]))).ShouldBeOfType<Placing.Accepted>();
        (await PlaceAsync(new OrderRequest(new Customer(emoji + "x"), [new(2, 1)]))).ShouldBeOfType<Placing.Refused>()
            .Faults.Single().Message.ShouldContain("201");
    }

    [Fact]
    public async Task Raises_the_version_by_one_with_every_change()
    {
        var placed = await AcceptedAsync(new OrderRequest(Helgi, [new(2, 1)]));
        await Shop.WorkAsync(placed.Number, tell: true, Department.Sales, Department.Warehouse);
        (await Shop.Services.GetRequiredService<OrderReader>().FindAsync(placed.Number, Cancellation)).ShouldNotBeNull().Version.ShouldBe(3);
    }

    private async Task<Placing.Accepted> AcceptedAsync(OrderRequest request) => (await PlaceAsync(request)).ShouldBeOfType<Placing.Accepted>();

    private Task<Placing> PlaceAsync(OrderRequest request) =>
        Shop.Services.GetRequiredService<PlaceOrder>().RunAsync(request, OrderSource.Api, null, Cancellation);

    private async Task<(int Orders, int Messages)> CountAsync()
    {
        // Tests of a class run one after another, so nobody else orders in between.
        await using var db = Shop.OpenDatabase();
        return (await db.Orders.CountAsync(Cancellation), await db.Outbox.CountAsync(Cancellation));
    }

    private async Task<long> PriceAsync(int product)
    {
        await using var db = Shop.OpenDatabase();
        return await db.Products.Where(p => p.Id == product).Select(p => p.PriceMinor).SingleAsync(Cancellation);
    }
}
