using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Auditing;
using Storefront.Data;
using Storefront.Tests.Account;
using Storefront.Web.BackOffice.Pages.Audit;

namespace Storefront.Tests.Auditing;

/// <summary>Managers find what was done: the newest first, page by page, or as a file.</summary>
public sealed class Reading_the_audit_log : IAsyncLifetime
{
    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AuditList List => _shop.Services.GetRequiredService<AuditList>();

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Goes_page_by_page_to_the_oldest_and_back()
    {
        const int many = (2 * AuditList.SliceSize) + 3;
        await AddAsync(Enumerable.Range(1, many).Select(n => ("Holly", "order.cancel", $"order {n}", (string?)null)));

        var first = await List.ReadAsync(AuditFilter.None, null, null, Cancellation);
        var second = await List.ReadAsync(AuditFilter.None, first.Rows[^1].Id, null, Cancellation);
        var third = await List.ReadAsync(AuditFilter.None, second.Rows[^1].Id, null, Cancellation);
        var rows = first.Rows.Concat(second.Rows).Concat(third.Rows).Select(e => e.Subject);
        rows.ShouldBe(Enumerable.Range(1, many).Reverse().Select(n => $"order {n}"));
        (first.HasNewer, first.HasOlder, third.HasNewer, third.HasOlder).ShouldBe((false, true, true, false));

        (await List.ReadAsync(AuditFilter.None, null, third.Rows[0].Id, Cancellation)).Rows.Select(e => e.Id).ShouldBe(second.Rows.Select(e => e.Id));
        (await List.ReadAsync(AuditFilter.None, null, second.Rows[0].Id, Cancellation)).Rows.Select(e => e.Id).ShouldBe(first.Rows.Select(e => e.Id));
    }

    [Fact]
    public async Task Finds_what_has_exactly_the_words()
    {
        await AddAsync([("Holly", "order.cancel", "order 1", null), ("Clover", "order.cancel", "order 2", null), ("Holly", "product.edit", "product 1", "price 4.20 → 4.50")]);
        async Task<IEnumerable<string>> FoundAsync(AuditFilter filter) => (await List.ReadAsync(filter, null, null, Cancellation)).Rows.Select(e => $"{e.Who} {e.Subject}");
        (await FoundAsync(new(Who: "Holly"))).ShouldBe(["Holly product 1", "Holly order 1"]);
        (await FoundAsync(new(Action: "order.cancel"))).ShouldBe(["Clover order 2", "Holly order 1"]);
        (await FoundAsync(new(Subject: "order 1"))).ShouldBe(["Holly order 1"]);
        (await FoundAsync(new("Holly", "order.cancel", "order 2"))).ShouldBeEmpty();
        AuditFilter.Read(" Holly ", "", null).ShouldBe(new AuditFilter("Holly"));
        new AuditFilter("Holly", Subject: "order 1").Address.ShouldBe("/backoffice/audit?who=Holly&subject=order%201");
    }

    [Fact]
    public async Task Comes_as_a_file_that_no_spreadsheet_takes_for_formulas()
    {
        await AddAsync([("Holly", "order.cancel", "order 1", "=HYPERLINK(\"http://evil.example\")"), ("Holly", "order.note", "order 2", "two\nlines"), ("Clover", "order.note", "order 3", null)]);
        await _shop.Client.SignedInAsync();
        using var answer = await _shop.Client.GetAsync(new Uri("/backoffice/audit.csv?who=Holly", UriKind.Relative), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType.ShouldNotBeNull().ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition.ShouldNotBeNull().FileName.ShouldNotBeNull().ShouldMatch(@"^audit-\d{4}-\d\d-\d\d\.csv$");
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).TrimStart('\uFEFF').Split("\r\n");
        lines.Length.ShouldBe(4);
        lines[0].ShouldBe("at,who,action,subject,detail");
        lines[1].ShouldEndWith(",Holly,order.note,order 2,\"two\nlines\"");
        lines[2].ShouldEndWith(",Holly,order.cancel,order 1,\"'=HYPERLINK(\"\"http://evil.example\"\")\"");
        lines[3].ShouldBeEmpty();
    }

    [Fact]
    public async Task Takes_a_long_log_in_portions_and_leaves_nothing_out()
    {
        await AddAsync(Enumerable.Range(1, 2000).Select(n => ("Holly", "order.cancel", $"order {n}", (string?)null)));
        var all = new List<string>();
        await foreach (var entry in List.AllAsync(AuditFilter.None, Cancellation))
        {
            all.Add(entry.Subject);
        }

        all.ShouldBe(Enumerable.Range(1, 2000).Reverse().Select(n => $"order {n}"));
    }

    private Task<int> AddAsync(IEnumerable<(string Who, string Action, string Subject, string? Detail)> entries) => _shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
    {
        foreach (var (who, action, subject, detail) in entries)
        {
            _shop.Services.GetRequiredService<AuditLog>().Add(db, who, action, subject, detail);
        }

        return await db.SaveChangesAsync(ct);
    }, Cancellation);
}
