using CsCheck;
using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;
using Storefront.Orders;
using Storefront.Tests.BackOffice;
using Storefront.Web.BackOffice.Pages.Products.Stock;

namespace Storefront.Tests.Catalog;

public sealed class The_stock_ledger : IAsyncLifetime
{
    private const int Jam = 1;
    private const int Opening = 100_000;

    private OfficeDesk _office = null!;
    private StockBook _book = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _office = await OfficeDesk.OpenAsync();
        _book = new(_office.Contexts);
    }

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Has_who_moved_what_and_why_and_the_audit_log_has_it_too()
    {
        (await MoveAsync(MovementKind.Receipt, 12, " Delivery 4711 ")).ShouldBe(new Moving.Moved(12, Opening + 12));
        (await MoveAsync(MovementKind.Count, Opening + 10, "Ivy, Monday")).ShouldBe(new Moving.Moved(-2, Opening + 10));
        (await MoveAsync(MovementKind.WriteOff, 10, "Mice")).ShouldBe(new Moving.Moved(-10, Opening));
        (await MoveAsync(MovementKind.Count, Opening, "Ivy again")).ShouldBe(new Moving.Moved(0, Opening), "a count that agrees is worth writing down");

        (await _book.ReadAsync(Jam, null, Cancellation)).Rows.Select(r => (r.Kind, r.Pieces, r.StockAfter, r.Who, r.Note)).ShouldBe(
        [
            (MovementKind.Count, 0, Opening, "Holly", "Ivy again"),
            (MovementKind.WriteOff, -10, Opening, "Holly", "Mice"),
            (MovementKind.Count, -2, Opening + 10, "Holly", "Ivy, Monday"),
            (MovementKind.Receipt, 12, Opening + 12, "Holly", "Delivery 4711"),
            (MovementKind.Opening, Opening, Opening, null, "The shop opened with this."),
        ]);
        await using var db = await _office.Contexts.CreateDbContextAsync(Cancellation);
        (await db.AuditLog.OrderBy(e => e.Id).Select(e => $"{e.Who} {e.Action} {e.Subject} {e.Detail}").FirstAsync(Cancellation))
            .ShouldBe("Holly stock.receipt product 1 100000 → 100012 pieces: Delivery 4711");
        (await db.Products.SingleAsync(p => p.Id == Jam, Cancellation)).Version.ShouldBe(0, "moving stock overtakes nobody's edit");
    }

    [Theory]
    [InlineData(MovementKind.Receipt, 0, "why", "Pieces")]
    [InlineData(MovementKind.Receipt, -5, "why", "Pieces")]
    [InlineData(MovementKind.Receipt, 1_000_001, "why", "Pieces")]
    [InlineData(MovementKind.WriteOff, Opening + 1, "why", "Pieces")]
    [InlineData(MovementKind.Count, -1, "why", "Pieces")]
    [InlineData(MovementKind.Receipt, 1, " ", "Note")]
    [InlineData(MovementKind.Receipt, 1, "a\0b", "Note")]
    public async Task Takes_nothing_that_is_not_possible(MovementKind kind, int pieces, string note, string field)
    {
        (await MoveAsync(kind, pieces, note)).ShouldBeOfType<Moving.Refused>().Faults.Single().Field.ShouldBe(field);
        (await BooksAsync(Jam)).ShouldBe(new Books(Opening, 0, 0, 0, 0, 0, Opening));
    }

    [Fact]
    public async Task Knows_nothing_of_what_does_not_exist() => (await _office.Get<StockDesk>().MoveAsync(new(99, MovementKind.Receipt, 1, "why"), "Holly", Cancellation)).ShouldBeOfType<Moving.Unknown>();

    [Fact]
    public async Task Adds_up_with_what_orders_took_and_brought_back()
    {
        await MoveAsync(MovementKind.Receipt, 5, "Delivery");
        await _office.PlaceAsync(products: [Jam, Jam, 2]);
        var regretted = await _office.PlaceAsync(products: [Jam, Jam, Jam]);
        await _office.Get<CancelOrder>().RunAsync(regretted, "Holly", Cancellation);
        await MoveAsync(MovementKind.WriteOff, 1, "Broken");

        var books = await BooksAsync(Jam);

        books.ShouldBe(new Books(Opening, Received: 5, Counted: 0, WrittenOff: -1, Sold: 5, Returned: 3, Stock: Opening + 2));
        books.AddUp.ShouldBeTrue();
        (await _book.SalesAsync(Jam, Cancellation)).Select(s => (s.Pieces, s.IsCancelled)).ShouldBe([(3, true), (2, false)]);
        await _office.WriteAsync(db => db.Products.Where(p => p.Id == Jam).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, p => p.Stock - 1), Cancellation));
        (await BooksAsync(Jam)).AddUp.ShouldBeFalse("somebody took one past the ledger");
    }

    [Fact]
    public async Task Adds_up_whatever_happens_side_by_side()
    {
        const int writers = 4;
        var acts = Gen.Int[0, 4].Array[6].Single();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            foreach (var act in acts)
            {
                switch ((act + writer) % 5)
                {
                    case 0:
                        await MoveAsync(MovementKind.Receipt, 7, "Delivery");
                        break;
                    case 1:
                        await MoveAsync(MovementKind.WriteOff, 3, "Mice");
                        break;
                    case 2:
                        await MoveAsync(MovementKind.Count, 500, "Ivy");
                        break;
                    case 3:
                        await _office.PlaceAsync(products: [Jam, Jam]);
                        break;
                    default:
                        await _office.Get<CancelOrder>().RunAsync(await _office.PlaceAsync(products: [Jam, 2]), "Holly", Cancellation);
                        break;
                }
            }
        }));

        (await BooksAsync(Jam)).AddUp.ShouldBeTrue();
        (await BooksAsync(2)).AddUp.ShouldBeTrue();
        var rows = new List<StockMovement>();
        for (LedgerPage? page = null; page?.HasOlder ?? true; rows.AddRange(page.Rows))
        {
            page = await _book.ReadAsync(Jam, rows.Count == 0 ? null : rows[^1].Id, Cancellation);
        }

        rows.Sum(r => (long)r.Pieces).ShouldBe((await BooksAsync(Jam)) is var b ? b.Opening + b.Received + b.Counted + b.WrittenOff : 0);
    }

    private Task<Moving> MoveAsync(MovementKind kind, int pieces, string note) => _office.Get<StockDesk>().MoveAsync(new(Jam, kind, pieces, note), "Holly", Cancellation);

    private async Task<Books> BooksAsync(int product) => (await _book.AddUpAsync(product, Cancellation)).ShouldNotBeNull();
}
