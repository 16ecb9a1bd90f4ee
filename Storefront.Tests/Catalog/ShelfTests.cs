using System.Net;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Catalog;
using Storefront.Data;

namespace Storefront.Tests.Catalog;

public sealed class The_shelf
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_the_last_piece_to_one_of_twenty()
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Catalog:OpeningStock"] = "1" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var answer = await shop.Client.PostOrderAsync($$"""{"customer_name": "Customer {{i}}", "products_ids": [7]}""");
            return answer.StatusCode;
        }));

        answers.Count(s => s == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(s => s == HttpStatusCode.Conflict).ShouldBe(19);
        (await shop.StockAsync(7)).ShouldBe(0);
    }

    [Fact]
    public async Task Conserves_stock_and_never_owes_any()
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Catalog:OpeningStock"] = "5" });
        var writes = shop.Services.GetRequiredService<StoreWrites>();
        var amounts = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3]).Select((product, quantity) => new Amount(product, quantity));
        var taken = new Dictionary<int, int>();

        await Gen.SelectMany(Gen.Int[1, 4], n => amounts.Array[n]).SampleAsync(async order =>
        {
            var wanted = order.DistinctBy(a => a.ProductId).ToList();
            var shortages = await writes.RunAsync(async (db, ct) =>
            {
                var found = await Shelf.TakeAsync(db, wanted, ct);
                if (found.Count > 0)
                {
                    db.Discard();
                }

                return found;
            }, Cancellation);

            shortages.Select(s => (s.ProductId, s.Left)).ShouldBe(
                wanted.Where(w => 5 - taken.GetValueOrDefault(w.ProductId) < w.Quantity).Select(w => (w.ProductId, 5 - taken.GetValueOrDefault(w.ProductId))), ignoreOrder: true);
            foreach (var (product, quantity) in wanted.Where(_ => shortages.Count == 0))
            {
                taken[product] = taken.GetValueOrDefault(product) + quantity;
            }
        }, iter: 60, threads: 1);

        taken.Values.ShouldAllBe(t => t <= 5);
        foreach (var product in new[] { 1, 2, 3, 4 })
        {
            (await shop.StockAsync(product)).ShouldBe(5 - taken.GetValueOrDefault(product));
        }
    }

    [Fact]
    public async Task Cannot_be_made_negative_even_past_the_rules()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var db = shop.OpenDatabase();
        await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Products.Where(p => p.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, -1), Cancellation));
    }

    [Fact]
    public async Task Is_filled_once_and_not_again_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("storefront-test-");
        try
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = folder.FullName, ["Catalog:OpeningStock"] = "3" };
            await using (var first = await TestShop.OpenAsync(settings))
            {
                await first.PlaceAsync(Cancellation, 2, 2);
            }

            await using var second = await TestShop.OpenAsync(settings);
            (await second.StockAsync(2)).ShouldBe(1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
