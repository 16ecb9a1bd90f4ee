using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;

namespace Storefront.Tests.Messaging;

/// <summary>What tests of messaging ask of a shop.</summary>
internal static class MessagingShop
{
    /// <summary>A shop at the given broker.</summary>
    public static Task<TestShop> OpenAsync(Uri broker, params (string Key, string Value)[] settings) => TestShop.OpenAsync(
        settings.Append(("Broker:Uri", broker.ToString())).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal));

    /// <summary>The same with a clock of the test's own.</summary>
    public static Task<TestShop> OpenAsync(Uri broker, TimeProvider clock, params (string Key, string Value)[] settings) => TestShop.OpenAsync(
        settings.Append(("Broker:Uri", broker.ToString())).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal), services => services.AddSingleton(clock));

    public static BrokerStatus Broker(this TestShop shop) => shop.Services.GetRequiredService<BrokerStatus>();

    /// <summary>A setting the shop was opened with.</summary>
    public static string Setting(this TestShop shop, string key) => shop.Services.GetRequiredService<IConfiguration>()[key].ShouldNotBeNull();

    /// <summary>Another program at the shop's broker, once the shop is there.</summary>
    public static async Task<Outsider> MeetAsync(this TestShop shop, CancellationToken cancellationToken)
    {
        await shop.AtBrokerAsync(cancellationToken);
        return await Outsider.ConnectAsync(new Uri(shop.Setting("Broker:Uri")));
    }

    /// <summary>Waits until the shop is at its broker.</summary>
    public static Task AtBrokerAsync(this TestShop shop, CancellationToken cancellationToken) =>
        Watching.UntilAsync("the shop is at its broker", () => Task.FromResult(shop.Broker().Now.State == BrokerState.Up), cancellationToken);

    /// <summary>Waits until there are so many dead letters, and gives them in the order in which they came.</summary>
    public static async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(this TestShop shop, int count, CancellationToken cancellationToken)
    {
        await using var db = shop.OpenDatabase();
        await Watching.UntilAsync($"{count} dead letters", async () => await db.DeadLetters.CountAsync(cancellationToken) >= count, cancellationToken);
        return await db.DeadLetters.AsNoTracking().OrderBy(l => l.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The adopted orders with their lines.</summary>
    public static async Task<IReadOnlyList<Order>> AdoptedAsync(this TestShop shop, CancellationToken cancellationToken)
    {
        await using var db = shop.OpenDatabase();
        return await db.Orders.AsNoTracking().Include(o => o.Lines).Where(o => o.Source == OrderSource.Queue).OrderBy(o => o.Id).ToListAsync(cancellationToken);
    }

    /// <summary>How many of a product are left.</summary>
    public static async Task<int> StockAsync(this TestShop shop, int product, CancellationToken cancellationToken)
    {
        await using var db = shop.OpenDatabase();
        return await db.Products.Where(p => p.Id == product).Select(p => p.Stock).SingleAsync(cancellationToken);
    }
}
