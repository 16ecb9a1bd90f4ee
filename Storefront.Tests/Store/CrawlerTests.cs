using System.Net;
using System.Xml.Linq;

namespace Storefront.Tests.Store;

/// <summary>What search engines ask for first.</summary>
public sealed class A_search_engine : IAsyncLifetime
{
    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Finds_every_page_in_the_map_and_each_of_them_is_there_and_says_the_same_of_itself()
    {
        using var answer = await AskAsync("/sitemap.xml");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/xml");
        var map = XDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        var entries = map.Root!.Elements().Select(u => u.Elements().First().Value).ToList();

        entries.Count.ShouldBe((1 + 1 + 6 + 42) * 4);
        entries.ShouldBeUnique();
        foreach (var address in entries.Where((_, i) => i % 13 == 0).Append(entries[^1]))
        {
            var (status, page) = await _shop.Client.OpenAsync(new Uri(address).PathAndQuery);
            status.ShouldBe(HttpStatusCode.OK);
            page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe(address);
            var alternates = map.Root.Elements().Single(u => u.Elements().First().Value == address).Elements().Skip(1);
            page.QuerySelectorAll("link[rel=alternate]").Select(l => (l.GetAttribute("hreflang"), l.GetAttribute("href")))
                .ShouldBe(alternates.Select(a => ((string?)a.Attribute("hreflang"), (string?)a.Attribute("href"))));
        }
    }

    [Fact]
    public async Task Is_told_what_is_private_and_where_the_map_is()
    {
        using var answer = await AskAsync("/robots.txt");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split('\n');
        lines[0].ShouldBe("User-agent: *");
        foreach (var path in new[] { "/backoffice", "/cart", "/checkout", "/track", "/order" })
        {
            lines.ShouldContain($"Disallow: {path}");
        }

        lines.ShouldContain($"Sitemap: {_shop.Address}sitemap.xml");
    }

    [Theory]
    [InlineData("/sitemap.xml", "http://hopwick.example/product/bramble-jam")]
    [InlineData("/robots.txt", "Sitemap: http://hopwick.example/sitemap.xml")]
    public async Task Gets_the_address_that_it_used_and_may_keep_it_for_an_hour(string path, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { Host = "hopwick.example" } };
        using var answer = await _shop.Client.SendAsync(request, Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain(expected);
        answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=3600");
    }

    private async Task<HttpResponseMessage> AskAsync(string path)
    {
        var answer = await _shop.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer;
    }
}
