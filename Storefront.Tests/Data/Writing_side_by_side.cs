using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;

namespace Storefront.Tests.Data;

/// <summary>Units of work that share a commit share nothing else: what one does wrong, its neighbours do not suffer.</summary>
public sealed class Writing_side_by_side
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commits_what_succeeds_and_leaves_nothing_of_what_fails_or_changes_its_mind()
    {
        await using var shop = await TestShop.OpenAsync();
        using var busy = Busy.At(shop);
        var first = SetStockAsync(shop, 1, 111);
        var failing = RunAsync<int>(shop, async db =>
        {
            await SetAsync(db, 2, 222);
            throw new InvalidDataException("changed, then failed");
        });
        var discarding = RunAsync(shop, async db =>
        {
            await SetAsync(db, 3, 333);
            db.Discard();
            return "discarded";
        });
        var breaking = RunAsync(shop, db => db.Sql("INSERT INTO used_keys (key, fingerprint, number, used_at) VALUES ('a', 'b', NULL, 1)").RunAsync(Cancellation));
        var last = SetStockAsync(shop, 4, 444);
        var (two, three) = (await shop.StockAsync(2), await shop.StockAsync(3));

        busy.End();

        (await Should.ThrowAsync<InvalidDataException>(() => failing)).Message.ShouldBe("changed, then failed");
        await Should.ThrowAsync<System.Data.Common.DbException>(() => breaking);
        (await discarding).ShouldBe("discarded");
        await Task.WhenAll(first, last);
        int[] stock = [await shop.StockAsync(1), await shop.StockAsync(2), await shop.StockAsync(3), await shop.StockAsync(4)];
        stock.ShouldBe([111, two, three, 444]);
    }

    [Fact]
    public async Task Tells_after_the_commit_only_what_was_committed()
    {
        await using var shop = await TestShop.OpenAsync();
        using var busy = Busy.At(shop);
        var told = new List<string>();
        var failing = RunAsync<int>(shop, db =>
        {
            db.AfterCommit(() => told.Add("failed"));
            throw new InvalidDataException("no");
        });
        var working = RunAsync(shop, db =>
        {
            db.AfterCommit(() => told.Add("worked"));
            return Task.FromResult(told.Count);
        });

        busy.End();

        (await working).ShouldBe(0, "told after the commit, not before");
        await Should.ThrowAsync<InvalidDataException>(() => failing);
        told.ShouldBe(["worked"]);
    }

    [Fact]
    public async Task Skips_those_who_gave_up_before_their_turn()
    {
        TestDatabase.SkipUnlessSqlite("one behind the other");
        await using var shop = await TestShop.OpenAsync();
        using var busy = Busy.At(shop);
        using var patience = new CancellationTokenSource();
        var ran = false;
        var waiting = shop.Services.GetRequiredService<StoreWrites>().RunAsync((_, _) => Task.FromResult(ran = true), patience.Token);

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);

        var next = SetStockAsync(shop, 1, 111);
        busy.End();
        await next;
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task Fails_for_all_when_the_database_rolls_everything_back_and_goes_on_with_the_next()
    {
        TestDatabase.SkipUnlessSqlite("one transaction for several units");
        await using var shop = await TestShop.OpenAsync();
        using var busy = Busy.At(shop);
        var one = await shop.StockAsync(1);
        var neighbour = SetStockAsync(shop, 1, 111);
        // What SQLite does by itself when the disk is full or fails.
        var culprit = RunAsync<int>(shop, async db =>
        {
            await db.Sql("ROLLBACK").RunAsync(Cancellation);
            throw new IOException("the disk is gone");
        });

        busy.End();

        await Should.ThrowAsync<IOException>(() => culprit);
        (await Should.ThrowAsync<IOException>(() => neighbour)).Message.ShouldBe("the disk is gone");
        (await shop.StockAsync(1)).ShouldBe(one);
        await SetStockAsync(shop, 1, 222);
        (await shop.StockAsync(1)).ShouldBe(222);
    }

    private static Task<int> SetStockAsync(TestShop shop, int product, int stock) => RunAsync(shop, db => SetAsync(db, product, stock));

    private static Task<int> SetAsync(StoreDb db, int product, int stock) =>
        db.Products.Where(p => p.Id == product).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, stock), Cancellation);

    private static Task<T> RunAsync<T>(TestShop shop, Func<StoreDb, Task<T>> unit) =>
        shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, _) => unit(db), Cancellation);

    /// <summary>A unit of work that takes until the test says so; those that come meanwhile gather behind it.</summary>
    private sealed class Busy : IDisposable
    {
        private readonly ManualResetEventSlim _end = new();

        public static Busy At(TestShop shop)
        {
            var busy = new Busy();
            using var begun = new ManualResetEventSlim();
            _ = Task.Run(() => RunAsync(shop, _ =>
            {
                begun.Set();
                busy._end.Wait(Cancellation);
                return Task.FromResult(true);
            }), Cancellation);
            begun.Wait(Cancellation);
            return busy;
        }

        public void End() => _end.Set();

        public void Dispose() => _end.Dispose();
    }
}
