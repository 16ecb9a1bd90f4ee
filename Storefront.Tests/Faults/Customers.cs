using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Storefront.Orders;

namespace Storefront.Tests.Faults;

/// <summary>
/// Customers who go on ordering at a steady pace over HTTP, and look at their orders, until a test has seen enough. Who gets no answer asks again
/// under the same key. All of it is written into the ledger; a request that is turned away while the door is open is a broken promise.
/// </summary>
internal sealed class Customers
{
    private static readonly Uri OrderPath = new("/order", UriKind.Relative);

    private readonly ConcurrentQueue<OrderNumber> _watched = new();
    private readonly IDoor _door;
    private readonly Ledger _ledger;
    private readonly TimeSpan _pace;
    private readonly double _regrets;
    private readonly Task _customers;
    private readonly Task _onlooker;
    private long _longest;
    private int _keys;
    private volatile bool _enough;
    private volatile bool _gone;

    private Customers(IDoor door, Ledger ledger, int customers, TimeSpan pace, double regrets)
    {
        (_door, _ledger, _pace, _regrets) = (door, ledger, pace, regrets);
        _customers = Task.WhenAll(Enumerable.Range(1, customers).Select(_ => OrderAsync()));
        _onlooker = LookAsync();
    }

    /// <summary>The longest that anybody waited for an answer.</summary>
    public TimeSpan LongestWait => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    /// <summary>Two customers, together some ten orders a second.</summary>
    public static Customers Of(TestShop shop, Ledger ledger) => At(new OpenDoor(shop.Client), ledger);

    /// <param name="door">Where they order.</param>
    /// <param name="ledger">Where all of it is written down.</param>
    /// <param name="customers">How many there are.</param>
    /// <param name="pace">The time between two orders of one customer; a fifth of a second unless given.</param>
    /// <param name="regrets">The share of orders that is cancelled again.</param>
    public static Customers At(IDoor door, Ledger ledger, int customers = 2, TimeSpan? pace = null, double regrets = 0) =>
        new(door, ledger, customers, pace ?? TimeSpan.FromMilliseconds(200), regrets);

    /// <summary>Waits until so many more orders have been accepted.</summary>
    public Task MoreAsync(int more, CancellationToken cancellationToken)
    {
        var goal = _ledger.Accepted + more;
        return Watching.UntilAsync($"{more} more orders accepted", () => Task.FromResult(_customers.IsFaulted || _ledger.Accepted >= goal), cancellationToken);
    }

    /// <summary>The customers go home once each has an answer.</summary>
    public async Task EndAsync()
    {
        _enough = true;
        try
        {
            await Task.WhenAll(_customers, _onlooker).WaitAsync(Watching.Bound);
        }
        finally
        {
            _gone = true;
        }
    }

    private async Task OrderAsync()
    {
        using var pace = new PeriodicTimer(_pace);
        while (!_enough)
        {
            var key = $"customer-{Interlocked.Increment(ref _keys)}";
            int[] products = [Random.Shared.Next(1, 43), Random.Shared.Next(1, 43), 42];
            _ledger.Asks(key);
            while (!await AskAsync(key, products) && !_gone)
            {
                await pace.WaitForNextTickAsync(CancellationToken.None);
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>True: answered.</summary>
    private async Task<bool> AskAsync(string key, int[] products)
    {
        var (isOpen, life, watch) = (_door.IsOpen, _door.Life, Stopwatch.StartNew());
        string trouble;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, OrderPath)
            {
                Content = JsonContent.Create(new { customer_name = "Helgi Möller", products_ids = products }),
                Headers = { { "Idempotency-Key", key } },
            };
            using var answer = await _door.Client.SendAsync(request);
            if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
            {
                var order = await answer.Content.ReadFromJsonAsync<JsonElement>();
                var number = NumberOf(order);
                _ledger.Promised(key, number);
                Waited(watch.Elapsed);
                _watched.Enqueue(number);
                await RegretAsync(number, order.GetProperty("order_key").GetString()!);
                return true;
            }

            trouble = $"was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            trouble = $"was not answered: {e.Message}";
        }

        if (isOpen && !await _door.IsGoneAsync(life))
        {
            _ledger.Breaks($"POST /order {trouble} (after {watch.Elapsed.TotalSeconds:0.0} s)");
        }

        return false;
    }

    private async Task RegretAsync(OrderNumber number, string key)
    {
        if (Random.Shared.NextDouble() >= _regrets)
        {
            return;
        }

        var (isOpen, life) = (_door.IsOpen, _door.Life);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, PathOf(number)) { Headers = { { "Order-Key", key } } };
            using var answer = await _door.Client.SendAsync(request);
            if (answer.IsSuccessStatusCode)
            {
                _ledger.IsCancelled(number);
            }
            else if (answer.StatusCode != HttpStatusCode.Conflict && isOpen && !await _door.IsGoneAsync(life))
            {
                _ledger.Breaks($"DELETE /order/{number} was answered with {(int)answer.StatusCode}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (isOpen && !await _door.IsGoneAsync(life))
            {
                _ledger.Breaks($"DELETE /order/{number} was not answered: {e.Message}");
            }
        }
    }

    /// <summary>Looks at the orders in turn, as long as there is something to see.</summary>
    private async Task LookAsync()
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!_enough)
        {
            if (_watched.TryDequeue(out var number) && !await IsOverAsync(number))
            {
                _watched.Enqueue(number);
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> IsOverAsync(OrderNumber number)
    {
        try
        {
            var order = await _door.Client.GetFromJsonAsync<JsonElement>(PathOf(number));
            _ledger.Sees(number, order.GetProperty("version").GetInt64());
            return order.GetProperty("completed_at").ValueKind != JsonValueKind.Null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The shop is not there at the moment; that an order is gone shows in the end.
            return false;
        }
    }

    private void Waited(TimeSpan time)
    {
        if (time.Ticks > Interlocked.Read(ref _longest))
        {
            Interlocked.Exchange(ref _longest, time.Ticks);
        }
    }

    private static Uri PathOf(OrderNumber number) => new($"/order/{number}", UriKind.Relative);

    private static OrderNumber NumberOf(JsonElement order)
    {
        var text = order.GetProperty("order_num").GetString();
        return OrderNumber.TryParse(text, out var number) ? number : throw new FormatException(text);
    }
}
