using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Storefront.Data;
using Storefront.Departments.Warehouse;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>
/// Walks one order through every step as soon as the shop opens, in a unit of work that is discarded: so the first customer's order
/// does not wait for queries and code to be compiled (about a second on a small machine). Leaves no trace.
/// </summary>
public sealed partial class Rehearsal(StoreWrites writes, OutboxWriter outbox, OrderReader orders, TimeProvider time, ILogger<Rehearsal> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => RehearseAsync(stoppingToken), stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Only comfort is lost, and an exception out of here would close the shop. Whoever needs the same next says what is the matter with it.
            Log.Skipped(log, e.Message);
        }
    }

    private async Task RehearseAsync(CancellationToken cancellationToken)
    {
        await orders.FindAsync(OrderNumber.New(), cancellationToken);
        await writes.RunAsync(async (db, ct) =>
        {
            db.Discard();
            if (await db.Products.AsNoTracking().OrderBy(p => p.Id).FirstOrDefaultAsync(ct) is not { } product)
            {
                return false;
            }

            var line = new OrderLine { LineNo = 1, ProductId = product.Id, Name = product.Name, Quantity = 1, PriceMinor = product.PriceMinor };
            var order = Order.Place(new(OrderNumber.New(), new Customer("Rehearsal"), [line], product.PriceMinor, "EUR", OrderSource.Shop), time.GetUtcNow());
            OrderRow.Add(db, order);
            outbox.Add(db, OrderMessages.Placed(order));
            await db.SaveChangesAsync(ct);

            var lines = await JobLine.AskAsync(db, order.Number, Department.Warehouse, ct);
            order = (await OrderRow.TakeAsync(db, order.Number, ct))!;
            order.Claim(Department.Warehouse, time.GetUtcNow(), alone: false);
            await db.SaveChangesAsync(ct);
            PickList.Draw(TaskCommits.JobOf(order, Department.Warehouse, await lines.RowsAsync(ct)));

            order.Finish(Department.Warehouse, "rehearsed", time.GetUtcNow(), out var step);
            outbox.Add(db, OrderMessages.Stepped(order, step!.Value, time.GetUtcNow()));
            await db.SaveChangesAsync(ct);
            return true;
        }, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The rehearsal of an order was skipped: {Reason}")]
        public static partial void Skipped(ILogger log, string reason);
    }
}
