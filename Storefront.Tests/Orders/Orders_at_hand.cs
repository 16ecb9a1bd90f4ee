using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Tests.Orders;

/// <summary>An order that is taken again comes from memory where one connection alone writes, and is never another than the one in the database.</summary>
public sealed class Orders_at_hand
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stay_as_the_database_has_them_when_a_change_is_rolled_back()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await PlaceAsync(shop);
        await ClaimAsync(shop, number, Department.Sales);

        await Should.ThrowAsync<InvalidDataException>(() => ChangeAsync(shop, number, (order, _) =>
        {
            order.Claim(Department.Marketing, Noon, alone: false);
            throw new InvalidDataException("changed, then failed");
        }));
        await ChangeAsync(shop, number, (order, db) =>
        {
            order.Claim(Department.Warehouse, Noon, alone: false);
            db.Discard();
        });

        var (version, states) = await LookAsync(shop, number);
        version.ShouldBe(3, "placed, claimed, taken to be looked at");
        states.ShouldBe("sales working 1, marketing waiting 0, warehouse waiting 0, packing waiting 0, shipping waiting 0");
    }

    [Fact]
    public async Task Are_read_again_when_somebody_else_has_written()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await PlaceAsync(shop);
        await ClaimAsync(shop, number, Department.Sales);

        // By a connection of its own, as a person with a tool would.
        await using (var db = shop.OpenDatabase())
        {
            await db.Orders.Where(o => o.Number == number).ExecuteUpdateAsync(set => set.SetProperty(o => o.Version, 40), Cancellation);
        }

        await ClaimAsync(shop, number, Department.Marketing);

        (await LookAsync(shop, number)).ShouldBe((42, "sales working 1, marketing working 1, warehouse waiting 0, packing waiting 0, shipping waiting 0"));
    }

    [Fact]
    public void Are_those_that_moved_last_and_are_not_finished()
    {
        var hand = new OrdersAtHand();
        var (moving, resting, finished) = (New(), New(), New());
        finished.Cancel(HistoryData.Customer, Noon);
        Write(moving, resting, finished);

        for (var i = 0; i < 2 * OrdersAtHand.Generation; i++)
        {
            Write(New());
            if (i % 100 == 0)
            {
                Write(hand.Take(moving.Number).ShouldNotBeNull());
            }
        }

        hand.Take(finished.Number).ShouldBeNull("nobody works on it any more");
        hand.Take(resting.Number).ShouldBeNull("two generations have passed");
        hand.Take(moving.Number).ShouldBeSameAs(moving);
        hand.Take(moving.Number).ShouldBeNull("it has been handed over");

        void Write(params Order[] orders)
        {
            Array.ForEach(orders, hand.Written);
            hand.Stands();
        }
    }

    [Fact]
    public void Are_not_there_before_their_unit_of_work_stands()
    {
        var hand = new OrdersAtHand();
        var order = New();

        hand.Written(order);
        hand.Take(order.Number).ShouldBeNull();
        hand.Falls();
        hand.Stands();
        hand.Take(order.Number).ShouldBeNull();
    }

    [Theory]
    [InlineData(OrdersAtHand.MostLines, true)]
    [InlineData(OrdersAtHand.MostLines + 1, false)]
    public void Have_their_lines_along_unless_there_are_many(int lines, bool areThere)
    {
        var hand = new OrdersAtHand();
        var order = New(lines);

        hand.Written(order);
        hand.Stands();

        (hand.LinesOf(order.Number)?.Count).ShouldBe(areThere ? lines : null);
        order.History.ShouldBeEmpty("it stays in the database");
    }

    private static Order New(int lines = 0) => Order.Place(
        new OrderDraft(OrderNumber.New(), new Customer("Helgi Möller"), [.. Enumerable.Range(1, lines).Select(LineOf)], 100, "EUR", OrderSource.Shop), Noon);

    private static OrderLine LineOf(int number) => new() { LineNo = number, ProductId = 1, Name = "Bramble Jam", Quantity = 1, PriceMinor = 100 };

    private static async Task<OrderNumber> PlaceAsync(TestShop shop)
    {
        var order = New(1);
        await RunAsync(shop, async db =>
        {
            OrderRow.Add(db, order);
            await db.SaveChangesAsync(Cancellation);
        });
        return order.Number;
    }

    private static Task<int> ClaimAsync(TestShop shop, OrderNumber number, Department department) =>
        ChangeAsync(shop, number, (order, _) => order.Claim(department, Noon, alone: false).ShouldBe(Claim.Granted));

    private static Task<int> ChangeAsync(TestShop shop, OrderNumber number, Action<Order, StoreDb> change) => RunAsync(shop, async db =>
    {
        var order = (await OrderRow.TakeAsync(db, number, Cancellation)).ShouldNotBeNull();
        change(order, db);
        await db.SaveChangesAsync(Cancellation);
    });

    private static async Task<(long Version, string States)> LookAsync(TestShop shop, OrderNumber number)
    {
        var taken = (0L, "");
        await ChangeAsync(shop, number, (order, db) =>
        {
            taken = (order.Version, StatesOf(order));
            db.Discard();
        });
        await using var read = shop.OpenDatabase();
        var lies = await read.Orders.AsNoTracking().Include(o => o.Tasks).SingleAsync(o => o.Number == number, Cancellation);
        (lies.Version + 1, StatesOf(lies)).ShouldBe(taken, "in the database, not yet taken");
        return taken;
    }

    private static string StatesOf(Order order) => string.Join(", ", order.Tasks.OrderBy(t => t.Department).Select(t => $"{t.Name} {t.State.Text()} {t.Attempts}"));

    private static Task<int> RunAsync(TestShop shop, Func<StoreDb, Task> unit) => shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, _) =>
    {
        await unit(db);
        return 0;
    }, Cancellation);
}
