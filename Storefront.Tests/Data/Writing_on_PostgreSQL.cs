using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Storefront.Data;
using Storefront.Data.Postgres;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Tests.Data;

/// <summary>Units of work run side by side there; where two of them collide, the outcome is one that they could have had one after the other.</summary>
public sealed class Writing_on_PostgreSQL
{
    public Writing_on_PostgreSQL() => TestDatabase.SkipUnlessPostgres("transactions side by side");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_two_that_wait_for_each_other_both_succeed()
    {
        await using var shop = await TestShop.OpenAsync();
        var (one, two) = (await shop.StockAsync(1), await shop.StockAsync(2));
        using var bothHaveTheFirst = new CountdownEvent(2);
        var tries = 0;

        await Task.WhenAll(TakeAsync(1, 2), TakeAsync(2, 1));

        tries.ShouldBeGreaterThan(2, "one of them was rolled back and ran again");
        (await shop.StockAsync(1), await shop.StockAsync(2)).ShouldBe((one - 2, two - 2));

        Task<int> TakeAsync(int first, int second) => Task.Run(() => RunAsync(shop, async db =>
        {
            var isAgain = Interlocked.Increment(ref tries) > 2;
            await TakeOneAsync(db, first);
            if (!isAgain)
            {
                bothHaveTheFirst.Signal();
                bothHaveTheFirst.Wait(Cancellation);
            }

            return await TakeOneAsync(db, second);
        }), Cancellation);
    }

    [Fact]
    public async Task Lets_the_second_of_two_with_one_key_find_what_the_first_has_made()
    {
        await using var shop = await TestShop.OpenAsync();
        using var bothHaveLooked = new CountdownEvent(2);
        var looks = 0;

        var outcomes = await Task.WhenAll(LookAndWriteAsync("first"), LookAndWriteAsync("second"));

        looks.ShouldBe(3);
        outcomes.Distinct().Count().ShouldBe(1, "both have the same");

        Task<string> LookAndWriteAsync(string mine) => Task.Run(() => RunAsync(shop, async db =>
        {
            if (await db.UsedKeys.AsNoTracking().Where(k => k.Key == "key").Select(k => k.Fingerprint).SingleOrDefaultAsync(Cancellation) is { } found)
            {
                Interlocked.Increment(ref looks);
                db.Discard();
                return found;
            }

            Interlocked.Increment(ref looks);
            bothHaveLooked.Signal();
            bothHaveLooked.Wait(Cancellation);
            await db.Sql("INSERT INTO used_keys (key, fingerprint, number, used_at) VALUES ('key', @mine, 1, 1)", ("@mine", mine)).RunAsync(Cancellation);
            return mine;
        }), Cancellation);
    }

    [Fact]
    public async Task Does_not_try_a_broken_rule_again_and_again()
    {
        await using var shop = await TestShop.OpenAsync();
        var tries = 0;
        var breaking = RunAsync(shop, db =>
        {
            tries++;
            return db.Sql("INSERT INTO products SELECT * FROM products WHERE id = 2").RunAsync(Cancellation);
        });

        (await Should.ThrowAsync<PostgresException>(() => breaking)).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        tries.ShouldBe(2, "the other might have come a moment before, but had not");
        shop.Services.GetRequiredService<DatabaseStatus>().Now.IsWell.ShouldBeTrue();
    }

    [Fact]
    public async Task Skips_those_who_gave_up_while_all_places_were_taken()
    {
        await using var shop = await TestShop.OpenAsync();
        var end = new TaskCompletionSource();
        using var begun = new CountdownEvent(PostgresLane.SideBySide);
        var writes = shop.Services.GetRequiredService<StoreWrites>();
        var busy = Enumerable.Range(0, PostgresLane.SideBySide).Select(_ => writes.RunForCustomerAsync(async (_, _) =>
        {
            begun.Signal();
            await end.Task;
            return true;
        }, Cancellation)).ToList();
        begun.Wait(Cancellation);
        using var patience = new CancellationTokenSource();
        var ran = false;
        var waiting = writes.RunForCustomerAsync((_, _) => Task.FromResult(ran = true), patience.Token);

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);

        end.SetResult();
        await Task.WhenAll(busy);
        await RunAsync(shop, db => TakeOneAsync(db, 1));
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task Keeps_places_for_customers_however_much_the_back_room_has_to_write()
    {
        await using var shop = await TestShop.OpenAsync();
        var end = new TaskCompletionSource();
        using var begun = new CountdownEvent(BackRoomPlaces.AtOnce);
        var busy = Enumerable.Range(0, PostgresLane.SideBySide).Select(_ => RunAsync(shop, async _ =>
        {
            if (!begun.IsSet)
            {
                begun.Signal();
            }

            await end.Task;
            return true;
        })).ToList();
        begun.Wait(Cancellation);

        (await shop.Services.GetRequiredService<StoreWrites>().RunForCustomerAsync((_, _) => Task.FromResult(42), Cancellation)).ShouldBe(42);

        busy.ShouldAllBe(t => !t.IsCompleted);
        end.SetResult();
        await Task.WhenAll(busy);
    }

    [Fact]
    public async Task Lets_the_back_room_write_one_by_one_while_there_is_a_rush()
    {
        await using var shop = await TestShop.OpenAsync();
        var (writes, end, first) = (shop.Services.GetRequiredService<StoreWrites>(), new TaskCompletionSource(), new TaskCompletionSource());
        var customers = Enumerable.Range(0, BackRoomPlaces.Rush).Select(_ => writes.RunForCustomerAsync(async (_, _) =>
        {
            await end.Task;
            return true;
        }, Cancellation)).ToList();
        var (atOnce, most) = (0, 0);
        var busy = Enumerable.Range(0, 3).Select(_ => RunAsync(shop, async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await first.Task;
            return Interlocked.Decrement(ref atOnce);
        })).ToList();

        // Whoever might, has begun by the time a customer who came later is done.
        await writes.RunForCustomerAsync((_, _) => Task.FromResult(true), Cancellation);
        first.SetResult();
        await Task.WhenAll(busy);

        most.ShouldBe(1, "at once");
        customers.ShouldAllBe(c => !c.IsCompleted);
        end.SetResult();
        await Task.WhenAll(customers);
    }

    [Fact]
    public async Task Has_a_statement_prepared_also_when_its_value_was_null_at_first()
    {
        await using var shop = await TestShop.OpenAsync();
        // Of this test alone: how often a text has been used is the process's business.
        const string text = "UPDATE orders SET completed_at = @first, version = @second WHERE id = 0 AND 'null at first' <> ''";
        const int times = 10;

        var prepared = await RunAsync(shop, async db =>
        {
            foreach (var at in Enumerable.Repeat<long?>(null, times).Concat(Enumerable.Repeat<long?>(1, times)))
            {
                await db.Sql(text, ("@first", at), ("@second", 1L)).RunAsync(Cancellation);
            }

            return await db.Sql("SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE '%null at first%' ORDER BY prepare_time").ListAsync(row => row.Number(0), Cancellation);
        });

        prepared.Count.ShouldBe(2, "one without a type, one with");
        prepared.ShouldAllBe(uses => uses > times / 2);
    }

    [Fact]
    public async Task Keeps_texts_that_the_server_would_not()
    {
        await using var shop = await TestShop.OpenAsync();
        // Not a constant: EF Core would write that into the text of the query.
        var odd = "a\0b\uD800c\U0001F407";
        const string kept = "a\uFFFDb\uFFFDc\U0001F407";
        await RunAsync(shop, async db =>
        {
            db.DeadLetters.Add(new DeadLetter { At = DateTimeOffset.UtcNow, Queue = "orders", Body = [0], Headers = "{}", Reason = odd, Cause = "odd", Attempts = 0 });
            await db.Sql("INSERT INTO used_keys (key, fingerprint, number, used_at) VALUES (@key, '', 1, 1)", ("@key", odd)).RunAsync(Cancellation);
            return await db.SaveChangesAsync(Cancellation);
        });

        await using var db = shop.OpenDatabase();
        (await db.DeadLetters.SingleAsync(l => l.Reason == odd, Cancellation)).Reason.ShouldBe(kept);
        (await db.UsedKeys.SingleAsync(Cancellation)).Key.ShouldBe(kept);
    }

    [Fact]
    public async Task Shows_a_reader_one_state_however_much_is_written_meanwhile_and_lets_it_write_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var db = shop.OpenDatabase();
        await using var reading = await db.BeginReadAsync(Cancellation);
        var before = await db.Products.Where(p => p.Id == 1).Select(p => p.Stock).SingleAsync(Cancellation);

        await RunAsync(shop, unit => TakeOneAsync(unit, 1));

        (await db.Products.Where(p => p.Id == 1).Select(p => p.Stock).SingleAsync(Cancellation)).ShouldBe(before);
        (await shop.StockAsync(1)).ShouldBe(before - 1);
        (await Should.ThrowAsync<PostgresException>(() => TakeOneAsync(db, 1))).SqlState.ShouldBe(PostgresErrorCodes.ReadOnlySqlTransaction);
    }

    private static Task<int> TakeOneAsync(StoreDb db, int product) =>
        db.Products.Where(p => p.Id == product).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, p => p.Stock - 1), Cancellation);

    private static Task<T> RunAsync<T>(TestShop shop, Func<StoreDb, Task<T>> unit) =>
        shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, _) => unit(db), Cancellation);
}
