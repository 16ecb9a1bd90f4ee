using System.Diagnostics;
using Storefront.Departments;
using Storefront.Departments.Warehouse;
using Storefront.Orders;

namespace Storefront.Tests.Departments;

/// <summary>The warehouse's paper, read back from the PDF by another program.</summary>
public sealed class A_pick_list
{
    private static readonly JobLine[] Goods =
    [
        new(42, "Moth Notebook", 1, 900, "F2-11"), new(2, "Nettle & Mint Tea", 3, 580, "B1-01"), new(4, "Hedge Twine", 2, 420, "D1-02"),
    ];

    [Fact]
    public async Task Names_the_goods_in_the_order_of_their_bins_and_for_whom_they_are()
    {
        var job = Job("Þórður Łukasz Őry", Goods);

        var text = await ReadAsync(PickList.Draw(job));

        text.ShouldContain($"Pick list\n{job.Number}");
        Lines(text).ShouldBe(["B1-01 3× Nettle & Mint Tea (no. 2)", "D1-02 2× Hedge Twine (no. 4)", "F2-11 1× Moth Notebook (no. 42)"]);
        text.ShouldContain("6 pieces for Þórður Łukasz Őry");
        text.ShouldContain("Note: by the back door");
    }

    [Theory]
    [InlineData("王小明", "for ???")]
    [InlineData("Rabbit 🐇", "for Rabbit ??")]
    [InlineData("שלום", "for ????")]
    [InlineData("line\nbreak\u0001", "for line?break?")]
    public async Task Prints_a_question_mark_for_a_letter_it_has_not_and_never_fails(string name, string printed) =>
        (await ReadAsync(PickList.Draw(Job(name, Goods)))).ShouldContain(printed);

    [Theory]
    [InlineData("Ann (the 2nd) \\ Co")]
    [InlineData("Zoë – “Þór” €5 ½")]
    public async Task Prints_what_every_reader_has_letters_for_without_a_font_of_its_own(string name)
    {
        var pdf = PickList.Draw(Job(name, Goods));

        (await ReadAsync(pdf)).ShouldContain($"for {name}");
        System.Text.Encoding.Latin1.GetString(pdf).ShouldNotContain("/FontFile");
    }

    [Fact]
    public async Task Prints_a_question_mark_for_half_a_letter_too() =>
        (await ReadAsync(PickList.Draw(Job(new string('\ud800', 1) + "x", Goods)))).ShouldContain("for ?x");

    [Fact]
    public async Task Takes_as_many_different_letters_as_an_order_can_have()
    {
        var letters = string.Concat(Enumerable.Range(0xC0, 0x180).Select(c => (char)c));
        var job = Job(letters[..60], Goods) with { Source = OrderSource.Queue, SourceReference = letters[60..160], Customer = new Customer(letters[..60], Note: letters[160..250]) };

        (await ReadAsync(PickList.Draw(job))).ShouldContain("Pick list");
    }

    [Fact]
    public async Task Of_a_hundred_lines_goes_over_several_pages_and_loses_none()
    {
        var job = Job("Helgi", [.. Enumerable.Range(1, 100).Select(i => new JobLine(i, $"Thing {i}", 1, 100, $"A{i:000}"))]);

        var text = await ReadAsync(PickList.Draw(job));

        Lines(text).ShouldBe(Enumerable.Range(1, 100).Select(i => $"A{i:000} 1× Thing {i} (no. {i})"));
        var pages = text.Split('\f', StringSplitOptions.RemoveEmptyEntries);
        pages.Length.ShouldBeGreaterThan(3);
        pages.ShouldAllBe(p => p.Contains(job.Number.ToString()));
        pages.Count(p => p.Contains("100 pieces for Helgi")).ShouldBe(1);
    }

    [Fact]
    public async Task Without_lines_says_so_and_where_it_came_from()
    {
        var job = Job("bob", []) with { Source = OrderSource.Queue, SourceReference = "ERP-0017" };

        var text = await ReadAsync(PickList.Draw(job));

        text.ShouldContain("No lines: another system sent this order with a price only.");
        text.ShouldContain("Worth 42.50 EUR.");
        text.ShouldContain("from another system, its number ERP-0017");
        text.ShouldContain("0 pieces for bob");
    }

    private static Job Job(string name, JobLine[] lines) =>
        new(OrderNumber.New(), Department.Warehouse, 1, new Customer(name, Note: "by the back door"), 4250, "EUR", DateTimeOffset.UnixEpoch, OrderSource.Shop, null, lines);

    /// <summary>The rows of goods, spaces made single.</summary>
    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Where(l => l.Contains("(no.")).Select(l => string.Join(' ', l.Trim('\f').Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static async Task<string> ReadAsync(byte[] pdf)
    {
        var start = new ProcessStartInfo("pdftotext", ["-layout", "-enc", "UTF-8", "-", "-"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("pdftotext is needed to read PDFs back: apt-get install poppler-utils");
        var reading = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(pdf, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        return await reading;
    }
}
