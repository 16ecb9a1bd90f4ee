using Storefront.Orders;

namespace Storefront.Tests.Store;

/// <summary>Orders as the tracker meets them, made by the real decisions.</summary>
internal static class SomeOrder
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static Order Placed() => Order.Place(
        new OrderDraft(OrderNumber.New(), new Customer("Helgi Möller", "helgi@example.com", "Leave it under the fern"),
            [new OrderLine { LineNo = 1, ProductId = 1, Name = "Bramble Jam", Quantity = 2, PriceMinor = 650 }], 1300, "EUR", OrderSource.Shop), Noon);

    public static Order After(params Department[] departments)
    {
        var order = Placed();
        foreach (var department in departments)
        {
            order.Claim(department, Noon, alone: true).ShouldBe(Claim.Granted);
            order.Finish(department, reference: null, Noon.AddMinutes(1), out _).ShouldBeTrue();
        }

        return order;
    }

    /// <summary>Cancelled by the customer after some departments had done their work.</summary>
    public static Order Cancelled(params Department[] after)
    {
        var order = After(after);
        order.Cancel(HistoryData.Customer, Noon.AddMinutes(2)).ShouldBe(Cancelling.Cancelled);
        return order;
    }

    /// <summary>A department takes its work back.</summary>
    public static void TakeBack(this Order order, Department department)
    {
        var undo = new TaskName(department, TaskAction.Undo);
        order.Claim(undo, Noon.AddMinutes(3), alone: true).ShouldBe(Claim.Granted);
        order.Finish(undo, reference: null, Noon.AddMinutes(4), out _).ShouldBeTrue();
    }
}
