using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Departments;
using Storefront.Departments.Shipping;
using Storefront.Departments.Warehouse;

namespace Storefront.Tests.Departments;

/// <summary>Those outside the shop that do things for it: asked twice under one key, they do it once.</summary>
public sealed class A_neighbour : IDisposable
{
    private readonly DataOptions _data = new() { Folder = Directory.CreateTempSubdirectory("storefront-neighbour-").FullName };
    private readonly NeighbourBook _book;

    public A_neighbour() => _book = new NeighbourBook(Options.Create(_data));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Asked_again_gives_the_same_answer_and_does_nothing()
    {
        var done = 0;
        var answers = Enumerable.Range(0, 3).Select(_ => _book.Ask("carrier", "A:shipping", id => $"{id}-{++done}")).ToList();
        _book.Ask("carrier", "B:shipping", id => $"{id}-{++done}");

        answers.ShouldAllBe(a => a == "1-1");
        done.ShouldBe(2);
        _book.Entries().Select(e => (e.Key, e.Calls, e.Effects)).ShouldBe([("A:shipping", 3L, 1L), ("B:shipping", 1L, 1L)]);
    }

    [Fact]
    public void That_could_not_do_it_does_it_when_asked_again()
    {
        Should.Throw<IOException>(() => _book.Ask("printer", "A:warehouse", _ => throw new IOException("no paper")));
        _book.Entries().ShouldBeEmpty();

        _book.Ask("printer", "A:warehouse", _ => "printed").ShouldBe("printed");
    }

    [Fact]
    public void Told_to_take_it_back_does_so_once_and_does_nothing_more_under_that_key()
    {
        _book.Ask("carrier", "A:shipping", _ => "HOP1");
        _book.Withdraw("carrier", "A:shipping").ShouldBe("HOP1");
        _book.Withdraw("carrier", "A:shipping").ShouldBe("HOP1");
        _book.Withdraw("carrier", "B:shipping").ShouldBe("", "it had not been asked yet");

        _book.Ask("carrier", "A:shipping", _ => throw new InvalidOperationException("again")).ShouldBe("HOP1");
        _book.Ask("carrier", "B:shipping", _ => throw new InvalidOperationException("after all")).ShouldBe("");
        _book.Entries().Select(e => (e.Key, e.Effects, e.Withdrawn)).ShouldBe([("A:shipping", 1L, true), ("B:shipping", 0L, true)]);
    }

    [Fact]
    public void Keeps_its_book_over_the_shops_end()
    {
        _book.Ask("carrier", "A:shipping", _ => "HOP1");
        using var later = new NeighbourBook(Options.Create(_data));
        later.Ask("carrier", "A:shipping", _ => "HOP2").ShouldBe("HOP1");
    }

    [Fact]
    public async Task Who_prints_leaves_one_document_and_a_ticket_that_says_what_it_is()
    {
        var printer = new SpoolPrinter(new(Options.Create(_data)), _book, TimeProvider.System);
        var job = new PrintJob("7Q4M-X0ZB-K2TD:warehouse", "Pick list 7Q4M-X0ZB-K2TD", [1, 2, 3]);

        var answers = (await printer.PrintAsync(job, Cancellation), await printer.PrintAsync(job with { Pdf = [9] }, Cancellation));

        answers.ShouldBe(("PRINT-00000001", "PRINT-00000001"));
        var spool = Path.Combine(_data.Folder, Spool.Folder);
        Directory.EnumerateFiles(spool).Count().ShouldBe(2);
        (await File.ReadAllBytesAsync(Path.Combine(spool, "7Q4M-X0ZB-K2TD.warehouse.pdf"), Cancellation)).ShouldBe([1, 2, 3]);
        using var ticket = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(spool, "7Q4M-X0ZB-K2TD.warehouse.job"), Cancellation));
        var says = ticket.RootElement;
        (says.GetProperty("job").GetInt32(), says.GetProperty("key").GetString(), says.GetProperty("title").GetString(), says.GetProperty("document").GetString(), says.GetProperty("copies").GetInt32())
            .ShouldBe((1, job.Key, job.Title, "7Q4M-X0ZB-K2TD.warehouse.pdf", 1));
        says.GetProperty("queued_at").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Who_carries_gives_a_tracking_number_that_follows_from_the_key()
    {
        ShippingDepartment.TrackingNumber("A:shipping").ShouldBe(ShippingDepartment.TrackingNumber("A:shipping"));
        ShippingDepartment.TrackingNumber("A:shipping").ShouldNotBe(ShippingDepartment.TrackingNumber("B:shipping"));
        ShippingDepartment.TrackingNumber("A:shipping").ShouldMatch("^HOP[0-9A-F]{12}$");
    }

    [Theory]
    [InlineData("0", 0, 200)]
    [InlineData("1", 200, 0)]
    public void Fails_at_the_rate_it_is_set_to(string rate, int failures, int successes)
    {
        var work = Work(("Departments:Packing:FailureRate", rate));
        var (failed, effects) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            try
            {
                work.Do(Storefront.Orders.Department.Packing, () => $"{++effects}");
            }
            catch (NeighbourFailedException)
            {
                failed++;
            }
        }

        failed.ShouldBe(failures);
        effects.ShouldBeGreaterThanOrEqualTo(successes);
        if (failures > 0)
        {
            effects.ShouldBeInRange(50, 150, "half the time it has done it and only the answer is missing");
        }
    }

    public void Dispose()
    {
        _book.Dispose();
        Directory.Delete(_data.Folder, recursive: true);
    }

    private static SimulatedWork Work(params (string Key, string Value)[] settings) => DepartmentSettings.Provide(settings).GetRequiredService<SimulatedWork>();
}
