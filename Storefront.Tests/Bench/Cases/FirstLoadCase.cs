using System.IO.Compression;
using System.Text.RegularExpressions;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>What a browser with an empty cache transfers for a page: the page, what it names, and what its style sheets name; bodies as compressed, no headers.</summary>
internal sealed partial class FirstLoadCase : ICase
{
    private static readonly Dictionary<string, string> Pages = new(StringComparer.Ordinal)
    {
        ["home"] = "/", ["catalogue"] = "/catalogue", ["product"] = "/product/bramble-jam",
    };

    public string Name => "first-load";

    public string Meaning => "a page with everything it names, for a browser with an empty cache; compressed; every picture and font counted, also those a browser would load late or not at all";

    public bool Suits(IPeer peer) => peer.IsShop;

    public int MostRounds => 1;

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = contestant.Address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br, gzip");
        var figures = new List<Figure>();
        foreach (var (name, path) in Pages)
        {
            var (bytes, files) = await LoadAsync(client, new Uri(contestant.Address, path), cancellationToken);
            figures.Add(new($"{name} KB", bytes / 1024.0));
            figures.Add(new($"{name} files", files));
        }

        return figures;
    }

    private static async Task<(long Bytes, int Files)> LoadAsync(HttpClient client, Uri page, CancellationToken cancellationToken)
    {
        var (bytes, seen, waiting) = (0L, new HashSet<Uri> { page }, new Queue<Uri>([page]));
        while (waiting.TryDequeue(out var next))
        {
            using var answer = await client.GetAsync(next, cancellationToken);
            var body = answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancellationToken)
                : throw new InvalidOperationException($"{next.PathAndQuery} answers {(int)answer.StatusCode}.");
            bytes += body.Length;
            if (answer.Content.Headers.ContentType?.MediaType is ("text/html" or "text/css") and var kind)
            {
                // Pages say that their addresses count from the root (<base>); a style sheet's count from itself.
                var origin = kind == "text/html" ? client.BaseAddress! : next;
                var named = Named().Matches(await TextAsync(body, answer.Content.Headers.ContentEncoding.FirstOrDefault(), cancellationToken));
                foreach (var address in named.Select(m => new Uri(origin, m.Groups["address"].Value)).Where(a => a.Authority == page.Authority && seen.Add(a)))
                {
                    waiting.Enqueue(address);
                }
            }
        }

        return (bytes, seen.Count);
    }

    private static async Task<string> TextAsync(byte[] body, string? encoding, CancellationToken cancellationToken)
    {
        using var packed = new MemoryStream(body);
        await using Stream plain = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    [GeneratedRegex("""(?:href="|src="|url\(['"]?)(?<address>[^'")\s]+\.(?:css|js|svg|png|ico|woff2|ttf))""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
