using System.Diagnostics;
using System.Text;
using Storefront.Tests.Bench.Costs;
using Storefront.Tests.Bench.Load;

namespace Storefront.Tests.Bench.Checks;

public sealed class The_load_generators_arithmetic
{
    [Fact]
    public void Gives_a_percentile_that_was_really_measured()
    {
        var latencies = Latencies.Of(Enumerable.Range(1, 200).Reverse().Select(ms => TimeSpan.FromMilliseconds(ms)));

        latencies.Percentile(50).ShouldBe(100, 0.001);
        latencies.Percentile(99).ShouldBe(198, 0.001);
        latencies.Percentile(99.9).ShouldBe(200, 0.001);
        latencies.Percentile(100).ShouldBe(200, 0.001);
        Latencies.Of([TimeSpan.FromMilliseconds(7)]).Percentile(1).ShouldBe(7, 0.001);
    }

    [Fact]
    public void Gives_no_percentile_of_nothing() => new Latencies([]).Percentile(50).ShouldBe(double.NaN);

    [Fact]
    public void Lets_customers_arrive_at_a_constant_rate_each_once_however_many_hands_there_are()
    {
        var arrivals = new Arrivals(start: 1000, perSecond: 500, count: 10_000);
        var times = new long[4][];
        Parallel.For(0, times.Length, hand => times[hand] = [.. Taken(arrivals)]);

        times.SelectMany(t => t).Order().ShouldBe(Enumerable.Range(0, 10_000).Select(i => 1000 + (i * Stopwatch.Frequency / 500)));
    }

    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello", 201)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nDate: today\r\n\r\n5\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n", 503)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204)]
    public void Knows_where_an_answer_ends(string answer, int status)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);

        for (var received = 0; received < bytes.Length; received++)
        {
            HttpAnswer.LengthOf(bytes.AsSpan(0, received)).ShouldBe(0, $"after {received} bytes");
        }

        HttpAnswer.LengthOf(bytes).ShouldBe(bytes.Length);
        HttpAnswer.LengthOf([.. bytes, .. "HTTP/1.1 200 OK"u8]).ShouldBe(bytes.Length);
        HttpAnswer.StatusOf(bytes).ShouldBe(status);
    }

    [Fact]
    public void Orders_three_different_products_each_time_and_all_of_them_in_the_end()
    {
        var orders = Requests.Orders(new Uri("http://127.0.0.1:80"));
        var ids = Enumerable.Range(0, 1000).Select(_ => Encoding.UTF8.GetString(orders.Next()))
            .Select(request => request[(request.IndexOf('[', StringComparison.Ordinal) + 1)..request.IndexOf(']', StringComparison.Ordinal)].Split(", ").Select(int.Parse).ToArray()).ToList();

        ids.ShouldAllBe(three => three.Distinct().Count() == 3);
        ids.SelectMany(three => three).Distinct().Order().ShouldBe(Enumerable.Range(1, 42));
    }

    [Fact]
    public void Counts_a_change_until_the_page_next_changed()
    {
        static DateTimeOffset At(int ms) => DateTimeOffset.UnixEpoch.AddMilliseconds(ms);

        TrackerWindow.DelaysOf([At(10), At(12), At(50), At(90)], [At(5), At(30), At(55)]).Select(d => d.TotalMilliseconds).ShouldBe([20, 18, 5]);
    }

    [Fact]
    public void Adds_up_what_the_broker_counts_for_each_protocol_and_kind_of_queue()
    {
        const string counters = """
            #{[{protocol,amqp091}] =>
                  #{messages_received_total => 12,messages_received_confirm_total => 9},
              [{protocol,amqp091},{queue_type,rabbit_classic_queue}] =>
                  #{messages_acknowledged_total => 7,messages_delivered_total => 8},
              [{protocol,amqp091},{queue_type,rabbit_quorum_queue}] =>
                  #{messages_acknowledged_total => 70,messages_delivered_total => 80}}
            """;

        var counts = BrokerCounts.Read(counters, "recv_oct\tsend_oct\n100\t20\n3\t4\n");

        counts.ShouldBe(new BrokerCounts(Published: 12, Delivered: 88, Acked: 77, Bytes: 127));
        counts.Since(new(2, 8, 7, 27)).ShouldBe(new BrokerCounts(10, 80, 70, 100));
    }

    private static IEnumerable<long> Taken(Arrivals arrivals)
    {
        while (arrivals.Next() is { } time)
        {
            yield return time;
        }
    }
}
