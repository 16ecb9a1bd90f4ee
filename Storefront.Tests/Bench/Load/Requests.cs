using System.Text;

namespace Storefront.Tests.Bench.Load;

/// <summary>The bytes of requests, made before the clock runs.</summary>
internal sealed class Requests
{
    private const int Products = 42;
    private static readonly string[] Names = ["Helgi Möller", "Ada Burrow", "Bob Thistle", "Ida Bramble", "Tom Sorrel", "Una Vetch", "Ari Fern"];

    private readonly byte[][] _all;
    private int _next = -1;

    private Requests(byte[][] all) => _all = all;

    /// <summary>One after the other, and from the start again; for any thread.</summary>
    public byte[] Next() => _all[(uint)Interlocked.Increment(ref _next) % (uint)_all.Length];

    /// <summary>Orders of three lines each: three distinct products of the default catalogue's 42, another three each time.</summary>
    public static Requests Orders(Uri shop) => new([.. Enumerable.Range(0, 1000).Select(i => Post(shop, Order(i)))]);

    /// <summary>The same three goods each time.</summary>
    public static Requests SameOrder(Uri shop) => new([Post(shop, Order(0))]);

    /// <summary>Pages, as a browser asks for them the first time.</summary>
    public static Requests Pages(Uri shop, params string[] paths) => new([.. paths.Select(path => Bytes(
        $"GET {path} HTTP/1.1\r\nHost: {shop.Authority}\r\nAccept: text/html\r\nAccept-Encoding: gzip, br\r\nUser-Agent: storefront-bench\r\n\r\n"))]);

    private static string Order(int i)
    {
        int[] ids = [1 + (i % Products), 1 + ((i + 5 + (i / Products)) % Products), 1 + ((i + 29 + (i / Products / 2)) % Products)];
        return $$"""{"customer_name": "{{Names[i % Names.Length]}}", "products_ids": [{{string.Join(", ", Distinct(ids))}}]}""";
    }

    private static int[] Distinct(int[] ids)
    {
        for (var i = 1; i < ids.Length; i++)
        {
            while (Array.IndexOf(ids, ids[i]) < i)
            {
                ids[i] = 1 + (ids[i] % Products);
            }
        }

        return ids;
    }

    private static byte[] Post(Uri shop, string json) => Bytes(
        $"POST /order HTTP/1.1\r\nHost: {shop.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
