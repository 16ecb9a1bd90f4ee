using System.Net;

namespace Storefront.Tests.Store;

/// <summary>The same checkout, sent again.</summary>
public sealed class A_checkout_that_is_sent_again(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;
    private readonly HttpClient _client = fixture.Shop.NewClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Many_times_at_once_makes_one_order_to_which_all_answers_lead()
    {
        var checkout = await _client.CarryToCheckoutAsync(1);
        var orders = await _shop.OrdersAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _client.SendAsync(checkout)));

        answers.Select(a => a.Ordered()).Distinct().Count().ShouldBe(1);
        (await _shop.OrdersAsync()).ShouldBe(orders + 1);
        Array.ForEach(answers, a => a.Dispose());
    }

    [Fact]
    public async Task Later_leads_to_the_same_order_though_all_is_sold_and_dearer_since()
    {
        await _shop.LeaveAsync(2, 1);
        var checkout = await _client.CarryToCheckoutAsync(2);
        using var first = await _client.SendAsync(checkout);
        await _shop.RepriceAsync(2, 99_00);

        using var again = await _client.SendAsync(checkout);
        using var corrected = await _client.SendAsync(checkout, ("Form.Street", "Hedge Lane 8"));

        again.Ordered().ShouldBe(first.Ordered());
        corrected.Ordered().ShouldBe(first.Ordered());
        (await _client.OpenAsync(new Uri(_shop.Address, corrected.Headers.Location!).PathAndQuery)).Page.QuerySelector("main .notice").OneLine().ShouldContain("You had placed this order already");
        (await _shop.StockAsync(2)).ShouldBe(0);
    }

    [Fact]
    public async Task After_a_refusal_makes_the_order_that_the_first_did_not()
    {
        var checkout = await _client.CarryToCheckoutAsync(3);
        using var refused = await _client.SendAsync(checkout, ("Form.City", ""));

        using var sent = await _client.SendAsync(await refused.PageAsync());
        using var again = await _client.SendAsync(checkout);

        again.Ordered().ShouldBe(sent.Ordered());
    }

    [Fact]
    public async Task Under_somebody_elses_key_that_was_made_up_makes_an_order_of_its_own()
    {
        var orders = await _shop.OrdersAsync();
        var checkout = await _client.CarryToCheckoutAsync(4);

        using var first = await _client.SendAsync(checkout, ("Form.Basket", "ffffffffffffffffffffffffffffffff.4x1"));
        using var other = await _client.SendAsync(checkout, ("Form.Basket", "ffffffffffffffffffffffffffffffff.5x1"));

        first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict, "the key stands for other goods");
        (await _shop.OrdersAsync()).ShouldBe(orders + 1);
        (await other.PageAsync()).Alert().ShouldContain($"that is order {first.Ordered()}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CfDJ8nonsense")]
    public async Task With_a_token_that_is_missing_or_expired_is_kept_and_sent_with_one_more_click(string? token)
    {
        var orders = await _shop.OrdersAsync();
        var checkout = await _client.CarryToCheckoutAsync(6);
        var fields = checkout.Fields();
        fields.Remove("__RequestVerificationToken");
        foreach (var (name, value) in CheckoutSheetOverHttp.WellFilled.Concat(token is null ? [] : [new("__RequestVerificationToken", token)]))
        {
            fields[name] = value;
        }

        using var refused = await _client.PostFormAsync("/checkout", fields);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _shop.OrdersAsync()).ShouldBe(orders);
        var page = await refused.PageAsync();
        page.Alert().ShouldContain("nothing is ordered yet. Everything you typed is still here");
        using var sent = await _client.SendAsItStandsAsync(page);
        (await _shop.FindAsync(sent.Ordered())).Lines.Select(l => l.ProductId).ShouldBe([6]);
    }
}
