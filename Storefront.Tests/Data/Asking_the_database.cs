using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;

namespace Storefront.Tests.Data;

/// <summary>Rows asked for may come later, together with what follows; what happens is the same as if each had come at once.</summary>
public sealed class Asking_the_database
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_each_question_with_its_own_rows_as_they_were_at_that_place_in_the_code()
    {
        await using var shop = await TestShop.OpenAsync();

        var (before, nobody, taken, after) = await shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            var before = await StockAsync(db, ct);
            var nobody = await db.AskAsync("SELECT stock FROM products WHERE id = @id", row => row.Number(0), ct, ("@id", 4711));
            await db.SendAsync("UPDATE products SET stock = 40 WHERE id = @id", ct, ("@id", 1));
            var taken = await db.AskAsync("UPDATE products SET stock = stock - 7 WHERE id = @id RETURNING stock", row => row.Number(0), ct, ("@id", 1));
            await db.SendAsync("UPDATE products SET stock = stock - 1 WHERE id = @id", ct, ("@id", 1));
            var after = await StockAsync(db, ct);
            // The last first: what it brings along is kept for whoever asks next.
            var last = await after.RowsAsync(ct);
            return (await before.RowsAsync(ct), await nobody.RowsAsync(ct), await taken.RowsAsync(ct), last);
        }, Cancellation);

        before.ShouldHaveSingleItem().ShouldBeGreaterThan(40);
        nobody.ShouldBeEmpty();
        taken.ShouldBe([33]);
        after.ShouldBe([32]);
        (await shop.StockAsync(1)).ShouldBe(32);
    }

    [Fact]
    public async Task Hands_out_what_nobody_waited_for_before_the_commit()
    {
        await using var shop = await TestShop.OpenAsync();
        long? seen = null;
        long? seenAfterCommit = null;

        await shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            db.AfterCommit(() => seenAfterCommit = seen);
            await db.AskAsync("UPDATE products SET stock = 5 WHERE id = @id RETURNING stock", row => seen = row.Number(0), ct, ("@id", 1));
            return 0;
        }, Cancellation);

        seenAfterCommit.ShouldBe(5);
        (await shop.StockAsync(1)).ShouldBe(5);
    }

    [Fact]
    public async Task Does_nothing_when_the_unit_of_work_is_discarded()
    {
        await using var shop = await TestShop.OpenAsync();
        var stock = await shop.StockAsync(1);

        await shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            await db.AskAsync("UPDATE products SET stock = 5 WHERE id = @id RETURNING stock", row => row.Number(0), ct, ("@id", 1));
            db.Discard();
            return 0;
        }, Cancellation);

        (await shop.StockAsync(1)).ShouldBe(stock);
    }

    [Fact]
    public async Task Keeps_nothing_of_a_unit_of_which_one_command_fails_on_its_way_to_the_commit()
    {
        await using var shop = await TestShop.OpenAsync();
        var stock = await shop.StockAsync(1);

        await Should.ThrowAsync<System.Data.Common.DbException>(() => shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            await db.AskAsync("UPDATE products SET stock = 5 WHERE id = @id RETURNING stock", row => row.Number(0), ct, ("@id", 1));
            await db.SendAsync("UPDATE products SET stock = -1 WHERE id = @id", ct, ("@id", 2));
            return 0;
        }, Cancellation));

        (await shop.StockAsync(1)).ShouldBe(stock);
        // The connection is as good as before.
        await shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, ct) => db.Products.CountAsync(ct), Cancellation);
    }

    private static Task<Asked<long>> StockAsync(StoreDb db, CancellationToken cancellationToken) =>
        db.AskAsync("SELECT stock FROM products WHERE id = @id", row => row.Number(0), cancellationToken, ("@id", 1));
}
