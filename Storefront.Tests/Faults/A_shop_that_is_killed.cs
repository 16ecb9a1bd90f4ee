using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Storefront.Orders;

namespace Storefront.Tests.Faults;

/// <summary>Whatever ends the shop's process, what it has promised is kept by the next one on the same data.</summary>
public sealed class A_shop_that_is_killed(SharedBroker broker) : IDisposable
{
    private static readonly int[] Products = [2, 4, 42];
    private static readonly Uri OrderPath = new("/order", UriKind.Relative);

    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-killed-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_after_its_answer_under_load_and_again_and_again_keeps_every_promise_once()
    {
        var host = await broker.NewHostAsync(Cancellation);
        var promised = new HashSet<string>(StringComparer.Ordinal);
        var unanswered = new List<string>();
        for (var life = 1; life <= 3; life++)
        {
            await using var shop = await ShopProcess.StartAsync(_folder, host, Cancellation);
            var keys = unanswered.Concat(Enumerable.Range(0, 40).Select(i => $"{life}-{i}")).ToList();
            var (answers, enough) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var customers = keys.Select(async key =>
            {
                var number = await TryOrderAsync(shop.Client, key);
                if (number is not null && Interlocked.Increment(ref answers) == 15)
                {
                    enough.TrySetResult();
                }

                return (Key: key, Number: number);
            }).ToList();
            await enough.Task.WaitAsync(Watching.Bound, Cancellation);
            await shop.KillAsync();

            var outcomes = await Task.WhenAll(customers);
            promised.UnionWith(outcomes.Where(o => o.Number is not null).Select(o => o.Number!));
            // They do not know whether they have an order, and ask again under the same key.
            unanswered = [.. outcomes.Where(o => o.Number is null).Select(o => o.Key)];
        }

        await using var last = await OpenLastAsync(host);
        var late = await Task.WhenAll(unanswered.Select(key => TryOrderAsync(last.Client, key)));
        promised.UnionWith(late.Select(number => number.ShouldNotBeNull()));

        promised.Count.ShouldBe(120, "one order for each key");
        await last.AllDoneAsync(promised.Count, Cancellation);
        await last.BalancesAsync([.. promised.Select(Number)], Cancellation);
    }

    [Fact]
    public async Task By_an_orderly_stop_does_not_wait_for_long_work_and_burns_no_attempt()
    {
        var host = await broker.NewHostAsync(Cancellation);
        string number;
        await using (var shop = await ShopProcess.StartAsync(_folder, host, Cancellation, ("Simulation:TimeScale", "1"), ("Departments:Warehouse:Duration", "1 h")))
        {
            number = (await TryOrderAsync(shop.Client, "one")).ShouldNotBeNull();
            await Watching.UntilAsync("the warehouse at work", async () => (await StateAsync(shop.Client, number, "warehouse")) == ("working", 1), Cancellation);
            var watch = Stopwatch.StartNew();

            (await shop.StopAsync(Cancellation)).ShouldBe(0);

            // Five seconds for the work in hand, which has most of an hour to go, and a little for the rest.
            Promptness.Note("Ended", watch.Elapsed, TimeSpan.FromSeconds(7));
        }

        await using var next = await OpenLastAsync(host);
        var order = await next.DoneAsync(Number(number), Cancellation);
        order.Tasks.ShouldAllBe(t => t.Attempts == 1);
        await next.BalancesAsync([Number(number)], Cancellation);
    }

    [Fact]
    public async Task By_the_work_on_one_order_gives_that_order_up_after_five_attempts_and_finishes_its_neighbours()
    {
        var host = await broker.NewHostAsync(Cancellation);
        string? doomed = null;
        var neighbours = new List<string>();
        for (var attempt = 1; attempt <= Order.MaxAttempts; attempt++)
        {
            await using var shop = await ShopProcess.StartAsync(_folder, host, Cancellation, ("Simulation:TimeScale", "1"), ("Departments:Packing:Duration", "5 s"),
                ("Departments:Sales:Duration", "0 s"), ("Departments:Marketing:Duration", "0 s"), ("Departments:Warehouse:Duration", "0 s"), ("Departments:Shipping:Duration", "0 s"));
            doomed ??= (await TryOrderAsync(shop.Client, "doomed")).ShouldNotBeNull();
            // The work takes long enough to be seen at it from here, however busy the machine is.
            await Watching.UntilAsync($"attempt {attempt} at packing the doomed order", async () => (await StateAsync(shop.Client, doomed, "packing")) == ("working", attempt), Cancellation);
            for (var i = neighbours.Count; i < 3; i++)
            {
                neighbours.Add((await TryOrderAsync(shop.Client, $"neighbour {i}")).ShouldNotBeNull());
            }

            await shop.KillAsync();
        }

        await using var last = await OpenLastAsync(host);
        await Watching.UntilAsync("the doomed order needs attention", async () => (await last.FindAsync(Number(doomed!))).NeedsAttention, Cancellation);
        await last.AllDoneAsync(neighbours.Count, Cancellation);

        var packing = (await last.FindAsync(Number(doomed!))).Tasks.Single(t => t.Department == Department.Packing);
        (packing.State, packing.Attempts).ShouldBe((TaskState.Failed, Order.MaxAttempts));
        await using var db = last.OpenDatabase();
        (await db.DeadLetters.SingleAsync(Cancellation)).Reason.ShouldBe("The last attempt never ended; it probably took its process along.");
        last.Books().ShouldAllBe(e => e.Effects == 1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The next shop on the same data; within the test's process, where its books can be read.</summary>
    private Task<TestShop> OpenLastAsync(Uri host) =>
        TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = _folder, ["Broker:Uri"] = host.ToString() });

    private static OrderNumber Number(string text) => OrderNumber.TryParse(text, out var number) ? number : throw new FormatException(text);

    /// <summary>The order's number, or null when the shop died before it answered.</summary>
    private static async Task<string?> TryOrderAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, OrderPath)
        {
            Content = JsonContent.Create(new { customer_name = "Helgi Möller", products_ids = Products }),
            Headers = { { "Idempotency-Key", key } },
        };
        try
        {
            using var answer = await client.SendAsync(request, Cancellation);
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("order_num").GetString();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static async Task<(string? State, int Attempts)> StateAsync(HttpClient client, string number, string department)
    {
        var order = await client.GetFromJsonAsync<JsonElement>(new Uri($"/order/{number}", UriKind.Relative), Cancellation);
        var task = order.GetProperty("tasks").EnumerateArray().Single(t => t.GetProperty("department").GetString() == department);
        return (task.GetProperty("state").GetString(), task.GetProperty("attempts").GetInt32());
    }
}
