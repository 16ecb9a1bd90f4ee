using Microsoft.EntityFrameworkCore;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Departments;

/// <summary>One row an order, with what marketing wants to know and nothing about the person.</summary>
public sealed class Marketings_statistics(SharedBroker broker)
{
    [Fact]
    public async Task Say_what_an_order_was_worth_how_many_pieces_and_where_it_came_from()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(cancellation));
        var order = await shop.DoneAsync(await shop.PlaceAsync(cancellation, 2, 2, 42), cancellation);
        await using var outsider = await shop.MeetAsync(cancellation);
        await outsider.SendAsync("orders", """{"customer": "bob", "price": 42}""");
        await shop.AllDoneAsync(2, cancellation);

        await using var db = shop.OpenDatabase();
        var rows = await db.CountedOrders.OrderBy(c => c.OrderId).ToListAsync(cancellation);
        rows.Select(r => (r.PriceMinor, r.Pieces, r.Source, r.PlacedAt == order.PlacedAt))
            .ShouldBe([((long)(order.Price * 100), 3, "shop", true), (4200L, 0, "queue", false)]);
    }
}
