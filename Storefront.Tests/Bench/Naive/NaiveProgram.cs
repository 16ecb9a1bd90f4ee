using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Storefront.Catalog;
using Storefront.Data.Sqlite;
using Storefront.Orders;

namespace Storefront.Tests.Bench.Naive;

/// <summary>
/// What one would write first: the request saves the order by EF Core and publishes it, awaiting the broker's confirm; one consumer sets one status and
/// acks. No stock, tasks, history, departments, idempotency or recovery, and an order is lost to the back room when the broker is away. It is here to be measured against.
/// </summary>
internal static class NaiveProgram
{
    /// <summary>How it is asked for on the command line of the tests' program.</summary>
    public const string Name = "naive";

    public const string Queue = "naive.orders";

    /// <summary>Runs it until the process is ended.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        builder.Services.AddPooledDbContextFactory<NaiveDb>(options => UseDatabase(options, builder.Configuration));
        builder.Services.AddSingleton(new NaiveBroker(new Uri(builder.Configuration["Broker:Uri"]!)));
        builder.Services.AddHostedService<NaiveConsumer>();

        await using var app = builder.Build();
        await CreateAsync(app.Services);
        app.MapGet("/", () => "naive");
        app.MapPost("/order", PlaceAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task<IResult> PlaceAsync(OrderBody body, IDbContextFactory<NaiveDb> contexts, NaiveBroker broker, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var products = await db.Products.Where(p => body.ProductsIds.Contains(p.Id)).ToListAsync(cancellationToken);
        if (products.Count < body.ProductsIds.Distinct().Count() || string.IsNullOrWhiteSpace(body.CustomerName))
        {
            return Results.UnprocessableEntity();
        }

        var order = new NaiveOrder
        {
            Number = OrderNumber.New().ToString(), CustomerName = body.CustomerName, PlacedAt = DateTimeOffset.UtcNow,
            Lines = [.. body.ProductsIds.CountBy(id => id).Select(l => new NaiveLine { ProductId = l.Key, Quantity = l.Value, PriceMinor = products.Single(p => p.Id == l.Key).PriceMinor })],
        };
        order.PriceMinor = order.Lines.Sum(l => l.Quantity * l.PriceMinor);
        db.Orders.Add(order);
        await db.SaveChangesAsync(cancellationToken);

        var price = order.PriceMinor / 100m;
        await broker.PublishAsync(order.Number, JsonSerializer.SerializeToUtf8Bytes(new { customer = order.CustomerName, price, order_num = order.Number }), cancellationToken);
        return Results.Created($"/order/{order.Number}", new Answer(order.Number, order.Status, price, order.PlacedAt));
    }

    private static void UseDatabase(DbContextOptionsBuilder options, ConfigurationManager settings)
    {
        if (settings.GetConnectionString("Store") is { } postgres)
        {
            options.UseNpgsql(postgres);
        }
        else
        {
            options.UseSqlite($"Data Source={Path.Combine(settings["Data:Folder"]!, "shop.db")}").AddInterceptors(new SqlitePragmas());
        }
    }

    private static async Task CreateAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<NaiveDb>>().CreateDbContextAsync();
        await db.Database.EnsureCreatedAsync();
        db.Products.AddRange(CatalogueFile.Read(null).Products.Select(p => new NaiveProduct { Id = p.Id, Name = p.Name, PriceMinor = (long)(p.Price * 100) }));
        await db.SaveChangesAsync();
    }

    internal sealed record OrderBody(string CustomerName, int[] ProductsIds);

    internal sealed record Answer(string OrderNum, string Status, decimal Price, DateTimeOffset PlacedAt);
}
