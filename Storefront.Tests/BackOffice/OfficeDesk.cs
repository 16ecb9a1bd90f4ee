using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Data;
using Storefront.Departments.Marketing;
using Storefront.Orders;

namespace Storefront.Tests.BackOffice;

/// <summary>The shop's data in a real database with a clock that stands still, without any page: what the back office reads from.</summary>
public sealed class OfficeDesk : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ServiceProvider _services;

    private OfficeDesk(string folder, IReadOnlyDictionary<string, string> database)
    {
        _folder = folder;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Data:Folder", _folder), new("Catalog:OpeningStock", "100000"), .. database!]).Build());
        services.AddLogging();
        services.AddStore();
        services.AddSingleton<TimeProvider>(Clock);
        _services = services.BuildServiceProvider();
    }

    /// <summary>A Monday at noon.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public IDbContextFactory<StoreDb> Contexts => Get<IDbContextFactory<StoreDb>>();

    public OrderNews News => Get<OrderNews>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<OfficeDesk> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("storefront-test-").FullName;
        var desk = new OfficeDesk(folder, await TestDatabase.SettingsAsync(folder));
        await desk.Get<StoreStart>().RunAsync(Cancellation);
        return desk;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task<OrderNumber> PlaceAsync(string name = "Helgi Möller", OrderSource source = OrderSource.Shop, params int[] products)
    {
        var request = new OrderRequest(new Customer(name), OrderRequest.CountIds(products.Length == 0 ? [2] : products));
        return (await Get<PlaceOrder>().RunAsync(request, source, null, Cancellation)).ShouldBeOfType<Placing.Accepted>().Number;
    }

    /// <summary>Departments do their work, one commit each.</summary>
    public async Task FinishAsync(OrderNumber number, params Department[] departments)
    {
        foreach (var department in departments)
        {
            await ChangeAsync(number, order =>
            {
                order.Claim(department, Clock.GetUtcNow(), alone: true).ShouldBe(Claim.Granted);
                order.Finish(department, $"{department} did it", Clock.GetUtcNow(), out _).ShouldBeTrue();
            });
        }
    }

    /// <summary>A department begins.</summary>
    public Task ClaimAsync(OrderNumber number, Department department) =>
        ChangeAsync(number, order => order.Claim(department, Clock.GetUtcNow(), alone: true).ShouldBe(Claim.Granted));

    /// <summary>A department fails; for good, or with an attempt to follow.</summary>
    public Task FailAsync(OrderNumber number, Department department, string fault, bool forGood) => ChangeAsync(number, order =>
    {
        order.Claim(department, Clock.GetUtcNow(), alone: true).ShouldBe(Claim.Granted);
        var attempt = order.Task(department).Attempts;
        (forGood ? order.GiveUp(department, attempt, fault, Clock.GetUtcNow()) : order.Retry(department, attempt, fault, Clock.GetUtcNow())).ShouldBeTrue();
    });

    /// <summary>Marketing counts an order, as its department does.</summary>
    public Task CountAsync(OrderNumber number) => WriteAsync(async db =>
    {
        var order = await db.Orders.Include(o => o.Lines).SingleAsync(o => o.Number == number, Cancellation);
        db.CountedOrders.Add(new CountedOrder
        {
            OrderId = order.Id, PlacedAt = order.PlacedAt, PriceMinor = order.PriceMinor, Pieces = order.Lines.Sum(l => l.Quantity), Source = order.Source.Text(),
        });
    });

    public Task ChangeAsync(OrderNumber number, Action<Order> change) => WriteAsync(async db =>
    {
        var order = (await OrderRow.TakeAsync(db, number, Cancellation)).ShouldNotBeNull();
        change(order);
        News.Changed(db, order);
    });

    public Task WriteAsync(Func<StoreDb, Task> unit) => Get<StoreWrites>().RunAsync(async (db, ct) =>
    {
        await unit(db);
        return await db.SaveChangesAsync(ct);
    }, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await using (var db = await Contexts.CreateDbContextAsync())
        {
            if (db.Database.GetDbConnection() is SqliteConnection file)
            {
                SqliteConnection.ClearPool(file);
            }
        }

        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }
}
