using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Storefront.Orders;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Marketing;

/// <summary>What sells, when, to whom and by which way in; of the days that the address names.</summary>
public sealed partial class MarketingPage(SalesBook book, IOptions<ShopOptions> shop)
{
    private const int MostSellers = 10;

    private static readonly string[] StepHeads = ["When", "orders", "revenue"];

    [SupplyParameterFromQuery(Name = "period")] public string? PeriodWord { get; set; }

    private Period Chosen => Periods.Read(PeriodWord);

    private SalesFigures? Shown { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var period = Chosen;
        if (Shown?.Period != period && await book.ReadAsync(period, CancellationToken.None) is var read && period == Chosen)
        {
            Shown = read;
        }
    }

    private static string AddressOf(Period period) => $"{OfficeAddress.Marketing}?period={period.Word()}";

    private static string WordOf(string source) => Enum.TryParse<OrderSource>(source, ignoreCase: true, out var known) ? known.Word() : source;

    private static IReadOnlyList<StepSales> Hours(SalesFigures figures) => [.. figures.ByHour.Select((sold, hour) => new StepSales($"{hour:00}:00", sold))];

    private string Amount(long minor) => Money.Format(minor, shop.Value.Currency);

    private string Best(IReadOnlyList<StepSales> steps) => steps.MaxBy(s => s.Sold.RevenueMinor) is { } best
        ? $"{best.Label} with {Amount(best.Sold.RevenueMinor)} from {best.Sold.Orders:N0} {(best.Sold.Orders == 1 ? "order" : "orders")}" : "";

    private IReadOnlyList<ColumnChart.Column> Columns(IReadOnlyList<StepSales> steps) =>
        [.. steps.Select(s => new ColumnChart.Column(s.Label, s.Sold.RevenueMinor, [s.Sold.Orders.ToString("N0"), Amount(s.Sold.RevenueMinor)]))];
}
