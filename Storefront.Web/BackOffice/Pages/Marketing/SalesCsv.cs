using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Departments.Marketing;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Marketing;

/// <summary>Marketing's figures as files for a spreadsheet; written as they are read, so that many years of hours need no memory.</summary>
internal static class SalesCsv
{
    private const string Products = $"{OfficeAddress.Marketing}/products.csv";
    private const string Hours = $"{OfficeAddress.Marketing}/hours.csv";

    private static readonly string HoursSince = $$"""
        SELECT s.hour, s.source, CAST(sum(s.orders) AS bigint) AS orders, CAST(sum(s.pieces) AS bigint) AS pieces, CAST(sum(s.revenue_minor) AS bigint) AS revenue_minor,
            CAST(sum(s.new_customers) AS bigint) AS new_customers, CAST(sum(s.returning_customers) AS bigint) AS returning_customers
        FROM {{SumsNow.Hours.Replace("@since", "{0}", StringComparison.Ordinal)}} GROUP BY s.hour, s.source ORDER BY s.hour, s.source
        """;

    public static string ProductsAddress(Period period) => $"{Products}?period={period.Word()}";

    public static string HoursAddress(Period period) => $"{Hours}?period={period.Word()}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Products, (string? period, SalesBook book, CancellationToken ct) => File("products", period, (writer, days) => WriteProductsAsync(writer, book, days, ct)))
            .RequireAuthorization(OfficePolicy.View).ExcludeFromDescription();
        app.MapGet(Hours, (string? period, IDbContextFactory<StoreDb> contexts, TimeProvider time, CancellationToken ct) =>
                File("hours", period, (writer, days) => WriteHoursAsync(writer, contexts, days, time, ct)))
            .RequireAuthorization(OfficePolicy.View).ExcludeFromDescription();
    }

    private static IResult File(string what, string? word, Func<TextWriter, Period, Task> write)
    {
        var period = Periods.Read(word);
        return Results.Stream(async stream =>
        {
            await using var writer = Csv.Writer(stream);
            await write(writer, period);
        }, "text/csv; charset=utf-8", $"{what}-{period.Word()}.csv");
    }

    private static async Task WriteProductsAsync(TextWriter writer, SalesBook book, Period period, CancellationToken cancellationToken)
    {
        await writer.WriteLineAsync("product_id,product,category,pieces,revenue");
        foreach (var g in (await book.ReadAsync(period, cancellationToken)).Goods)
        {
            await writer.WriteLineAsync($"{g.ProductId},{Csv.Cell(g.Name)},{Csv.Cell(g.Category)},{g.Pieces},{Major(g.RevenueMinor)}");
        }
    }

    private static async Task WriteHoursAsync(TextWriter writer, IDbContextFactory<StoreDb> contexts, Period period, TimeProvider time, CancellationToken cancellationToken)
    {
        await writer.WriteLineAsync("hour_utc,source,orders,pieces,revenue,new_customers,returning_customers");
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = period.First(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).DayNumber * 24L;
        // As they come: a query of EF Core's hands out one row after the other.
        var rows = db.Database.SqlQueryRaw<Row>(HoursSince, since).AsAsyncEnumerable();
        await foreach (var r in rows.WithCancellation(cancellationToken))
        {
            var hour = new DateTime(r.Hour * TimeSpan.TicksPerHour, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
            await writer.WriteLineAsync($"{hour},{Csv.Cell(r.Source)},{r.Orders},{r.Pieces},{Major(r.RevenueMinor)},{r.NewCustomers},{r.ReturningCustomers}");
        }
    }

    private static string Major(long minor) => Money.ToMajor(minor).ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Row(long Hour, string Source, long Orders, long Pieces, long RevenueMinor, long NewCustomers, long ReturningCustomers);
}
