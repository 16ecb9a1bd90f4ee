using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;

namespace Storefront.Tests.Messaging;

/// <summary>Messages put into a shop's outbox by a test.</summary>
internal static class Writing
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A message to the queue <c>somewhere</c>, to be changed with <c>with</c>.</summary>
    public static OutgoingMessage Letter(string id) =>
        new() { Exchange = "", RoutingKey = "somewhere", MessageId = id, Type = "test.v1", CorrelationId = "test", Body = "{}"u8.ToArray(), Mandatory = false };

    /// <summary>Writes them in one commit; the relay hears of it.</summary>
    public static Task<int> WriteAsync(this TestShop shop, params OutgoingMessage[] messages) => shop.WriteAsync(TimeSpan.Zero, messages);

    public static Task<int> WriteAsync(this TestShop shop, TimeSpan delay, params OutgoingMessage[] messages)
    {
        var writer = shop.Services.GetRequiredService<OutboxWriter>();
        return shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            foreach (var message in messages)
            {
                writer.Add(db, message, delay);
            }

            return await db.SaveChangesAsync(ct);
        }, Cancellation);
    }

    /// <summary>Waits until everything has left the outbox.</summary>
    public static async Task OutboxEmptyAsync(this TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        await Watching.UntilAsync("the outbox is empty", async () => !await db.Outbox.AnyAsync(Cancellation), Cancellation);
    }
}
