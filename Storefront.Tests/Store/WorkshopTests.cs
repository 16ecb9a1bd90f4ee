using System.Net;
using AngleSharp.Dom;
using Storefront.Orders;

namespace Storefront.Tests.Store;

/// <summary>The strip on the first page that shows what happens behind the counter.</summary>
public sealed class The_workshop_on_the_first_page : IAsyncLifetime
{
    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Invites_the_first_customer()
    {
        var strip = await StripAsync("/");

        Doings(strip).ShouldBe(["Ledger Room: Quiet", "Gossip Tree: Quiet", "Root Cellar: Quiet", "Wrapping Table: Quiet", "Hop Post: Quiet"]);
        strip.QuerySelector("p")!.Text().Trim().ShouldBe("No order has come in yet. Yours would be the first.");
    }

    [Fact]
    public async Task Tells_how_many_and_what_but_not_whose()
    {
        await _shop.PlaceAsync(Cancellation, 1);
        var number = await _shop.PlaceAsync(Cancellation, 2, 4, 42);
        await _shop.WorkAsync(number, tell: false, Department.Warehouse);

        var strip = await StripAsync("/");

        Doings(strip).ShouldBe(["Ledger Room: 2 waiting", "Gossip Tree: 2 waiting", "Root Cellar: 1 waiting", "Wrapping Table: 1 waiting", "Hop Post: Quiet"]);
        strip.Text().ShouldContain("2 orders in the last hour. The newest order came a moment ago: Nettle & Mint Tea and 2 other things.");
        strip.Text().ShouldNotContain("Helgi");
        strip.Text().ShouldNotContain(number.ToString());
    }

    [Fact]
    public async Task Is_answered_by_itself_in_the_language_of_the_page_and_kept_by_nobody()
    {
        await _shop.PlaceAsync(Cancellation, 1);
        var address = (await StripAsync("/?lang=de")).GetAttribute("data-look")!;

        var answer = await _shop.Client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        text.ShouldContain("Gerade jetzt in der Werkstatt");
        text.ShouldContain("1 Bestellung in der letzten Stunde. Die neueste Bestellung kam eben erst: Brombeer-Marmelade.");
        text.ShouldNotContain("<html", Case.Insensitive, "only the part");
    }

    private async Task<IElement> StripAsync(string page) => (await _shop.Client.OpenAsync(page)).Page.QuerySelector(".workshop")!;

    private static IEnumerable<string> Doings(IElement strip) =>
        strip.QuerySelectorAll("li").Select(li => $"{li.QuerySelector(".workshop-room")!.Text()}: {li.QuerySelector(".workshop-doing")!.Text()}");
}
