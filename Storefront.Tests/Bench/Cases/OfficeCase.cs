using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>
/// What the staff waits for: pages of the back office as a browser gets them first, one after the other, each several times. Beside a few orders and a million it shows
/// whether a list grows slow with the shop.
/// </summary>
internal sealed partial class OfficeCase(TimeSpan length) : ICase
{
    private const string Orders = "/backoffice/orders";

    private static readonly string[] Filters =
    [
        "", "status=placed", "status=picked", "status=shipped", "status=cancelled", "attention=true", "room=warehouse", "room=packing&state=waiting", "state=waiting", "source=api", "source=shop",
        "source=queue", "from=2026-01-01", "to=2026-11-01", "min=50", "max=10", "min=20&max=21", "q=Ada", "q=nobody", "q=nobody@example.org", "status=shipped&min=50&q=A",
    ];

    private static readonly string[] Sorts = ["", "sort=oldest", "sort=dearest", "sort=cheapest"];

    private static readonly string[] Others = ["/backoffice", "/backoffice/marketing?period=all", "/backoffice/dead-letters", "/backoffice/warehouse", "/backoffice/products"];

    public string Name => "office";

    public string Meaning => $"pages of the back office, whole, one at a time, {length.TotalSeconds:0.#} s in all; of the order list every filter, each with every sort, and the second page of each";

    public bool Suits(IPeer peer) => peer.IsShop;

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        using var client = await SignInAsync(contestant.Address, cancellationToken);
        var lists = Filters.SelectMany(_ => Sorts, (filter, sort) => $"{Orders}?{string.Join('&', new[] { filter, sort }.Where(w => w.Length > 0))}").ToList();
        var nexts = new List<string>();
        foreach (var list in lists)
        {
            // It warms up by the way.
            if (Next().Match(await client.GetStringAsync(new Uri(list, UriKind.Relative), cancellationToken)) is { Success: true } next)
            {
                nexts.Add(WebUtility.HtmlDecode(next.Groups["address"].Value));
            }
        }

        string[] pages = [.. Others, .. lists, .. nexts.Distinct(StringComparer.Ordinal)];
        var taken = pages.ToDictionary(p => p, _ => new List<TimeSpan>(), StringComparer.Ordinal);
        // Everything in turns, so that what happens on the machine meets all of it.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < length || taken.Values.Last().Count < 3;)
        {
            foreach (var page in pages)
            {
                taken[page].Add(await TimeAsync(client, page, cancellationToken));
            }
        }

        var summaries = taken.ToDictionary(t => t.Key, t => Latencies.Of(t.Value), StringComparer.Ordinal);
        var slowest = lists.Concat(nexts).MaxBy(p => summaries[p].Percentile(95))!;
        await Console.Error.WriteLineAsync($"  {contestant.Label}: {taken[slowest].Count} times each; the slowest of the list's by p95 was {slowest}");
        return
        [
            .. Others.SelectMany(p => Two(p["/backoffice".Length..] is { Length: > 0 } name ? name[1..].Split('?')[0] : "dashboard", summaries[p])),
            .. Filters.Select((f, i) => new Figure($"orders {(f.Length > 0 ? f : "all")} p95 ms", lists.Skip(i * Sorts.Length).Take(Sorts.Length).Max(p => summaries[p].Percentile(95)))),
            .. Sorts.Select((s, i) => new Figure($"orders {(s.Length > 0 ? s : "sort=newest")} p95 ms", lists.Where((_, at) => at % Sorts.Length == i).Max(p => summaries[p].Percentile(95)))),
            new("second pages p95 ms", nexts.Select(p => summaries[p].Percentile(95)).DefaultIfEmpty(double.NaN).Max()),
            .. Two("any list", Latencies.Of(lists.Concat(nexts).SelectMany(p => taken[p]))),
        ];
    }

    private static IEnumerable<Figure> Two(string name, Latencies taken) => [new($"{name} p50 ms", taken.Percentile(50)), new($"{name} p95 ms", taken.Percentile(95))];

    private static async Task<TimeSpan> TimeAsync(HttpClient client, string page, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(page, UriKind.Relative), cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? Stopwatch.GetElapsedTime(start) : throw new InvalidOperationException($"{page} answers {(int)answer.StatusCode}.");
    }

    private static async Task<HttpClient> SignInAsync(Uri shop, CancellationToken cancellationToken)
    {
        var client = new HttpClient { BaseAddress = shop };
        var page = await client.GetStringAsync(new Uri("/signin", UriKind.Relative), cancellationToken);
        using var form = new FormUrlEncodedContent(
        [
            new("_handler", "signin"), new("__RequestVerificationToken", Token().Match(page).Groups["token"].Value), new("Name", "manager"), new("Password", ShopPeer.StaffPassword),
        ]);
        using var answer = await client.PostAsync(new Uri("/signin", UriKind.Relative), form, cancellationToken);
        return answer.RequestMessage!.RequestUri!.AbsolutePath == "/backoffice" ? client : throw new InvalidOperationException($"Nobody could sign in: {(int)answer.StatusCode}.");
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)""", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("""<a href="(?<address>/backoffice/orders\?[^"]+)" rel="next\b""", RegexOptions.None, 1000)]
    private static partial Regex Next();
}
