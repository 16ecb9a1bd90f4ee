using System.Globalization;
using System.Text.RegularExpressions;

namespace Storefront.Tests.Bench.Costs;

/// <summary>What a broker node has carried: messages that it was sent, that it handed out, and of which it was told that they are done; bytes from and to those who are connected.</summary>
internal sealed partial record BrokerCounts(long Published, long Delivered, long Acked, long Bytes)
{
    /// <summary>Reads what <c>rabbitmqctl</c> prints.</summary>
    /// <param name="counters">The node's counters, an Erlang map for each protocol and kind of queue.</param>
    /// <param name="connections">A line for each connection: bytes received and sent.</param>
    public static BrokerCounts Read(string counters, string connections) => new(
        Sum(counters, "messages_received_total"), Sum(counters, "messages_delivered_total"), Sum(counters, "messages_acknowledged_total"),
        Line().Matches(connections).Sum(m => Number(m, "received") + Number(m, "sent")));

    public BrokerCounts Since(BrokerCounts earlier) => new(Published - earlier.Published, Delivered - earlier.Delivered, Acked - earlier.Acked, Bytes - earlier.Bytes);

    private static long Sum(string counters, string name) => Counter().Matches(counters).Where(m => m.Groups["name"].Value == name).Sum(m => Number(m, "count"));

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<name>\w+)\s*=>\s*(?<count>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Counter();

    [GeneratedRegex(@"^(?<received>\d+)\s+(?<sent>\d+)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
