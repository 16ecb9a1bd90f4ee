using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Tests.Orders;

/// <summary>How the forecast is told from the orders in the database.</summary>
public sealed class The_forecast_of_the_shop
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_none_at_first_and_told_from_what_was_shipped_and_kept_for_a_while()
    {
        await using var shop = await TestShop.OpenAsync();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var reader = new ForecastReader(shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>(), clock, NullLogger<ForecastReader>.Instance);
        (await reader.NowAsync(Cancellation)).ShouldBe(Forecast.None);
        for (var i = 0; i < Forecast.Least; i++)
        {
            await shop.WorkAsync(await shop.PlaceAsync(Cancellation, 1), tell: true, Department.Warehouse, Department.Packing, Department.Shipping);
        }

        var cancelled = await shop.PlaceAsync(Cancellation, 1);
        await shop.Services.GetRequiredService<CancelOrder>().RunAsync(cancelled, HistoryData.Customer, Cancellation);

        (await reader.NowAsync(Cancellation)).ShouldBe(Forecast.None, "it was asked a moment ago");
        clock.Advance(ForecastReader.KeptFor);
        var forecast = await reader.NowAsync(Cancellation);
        forecast.FromPlaced.ShouldNotBeNull().ShouldBeGreaterThan(forecast.FromPacked.ShouldNotBeNull());
        forecast.FromPicked.ShouldNotBeNull();
    }

    [Fact]
    public async Task Is_none_when_the_database_does_not_answer()
    {
        using var reader = new ForecastReader(new Away(), TimeProvider.System, NullLogger<ForecastReader>.Instance);

        (await reader.NowAsync(Cancellation)).ShouldBe(Forecast.None);
    }

    private sealed class Away : IDbContextFactory<StoreDb>
    {
        public StoreDb CreateDbContext() => throw new Refused();
    }

    private sealed class Refused() : DbException("The database is away.");
}
