using System.Text;
using Storefront.Orders;

namespace Storefront.Tests.Messaging;

/// <summary>What cannot be read goes to the dead letters, as it came and with the reason; it holds up nobody and nothing of it is lost.</summary>
public sealed class A_message_that_cannot_be_read(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Unreadable everywhere: what it is, the bytes, and a word of the reason to be given.</summary>
    private static readonly (string What, byte[] Body, string Reason)[] Poisons =
    [
        ("empty", [], "JSON"),
        ("truncated", Utf8("""{"customer": "bob", "pri"""), "JSON"),
        ("a number", Utf8("42"), ""),
        ("a list", Utf8("[]"), ""),
        ("nested 1,000 deep", Utf8(new string('[', 1000) + new string(']', 1000)), "JSON"),
        ("an object nested 1,000 deep", Utf8($$"""{"customer": "bob", "price": 1, "x": {{new string('[', 1000) + new string(']', 1000)}}}"""), "JSON"),
        ("10 MB", Utf8($$"""{"customer": "bob", "note": "{{new string('x', 10 * 1024 * 1024)}}"}"""), ""),
        ("bytes that are not UTF-8", [0xFF, 0xFE, 0x00, 0x01], "JSON"),
        ("a text that is not UTF-8", [.. Utf8("""{"price": 1, "customer": "b"""), 0xC3, 0x28, .. Utf8("""", "order_num": """"), (byte)'"', 0xFF, .. Utf8("\"}")], ""),
        ("half a surrogate pair", Utf8("""{"price": 1, "customer": "\ud800", "order_num": "\udfff"}"""), ""),
        ("a name that is not UTF-8", [.. Utf8("{\""), 0xFF, .. Utf8("""": 1}"""")], ""),
        ("not a number", Utf8("""{"customer": "bob", "price": NaN}"""), "JSON"),
    ];

    /// <summary>JSON, but not an order.</summary>
    private static readonly (string What, byte[] Body, string Reason)[] NoOrders =
    [
        ("a price as text", Utf8("""{"customer": "bob", "price": "42"}"""), "price"),
        ("a huge price", Utf8("""{"customer": "bob", "price": 1e400}"""), "price"),
        ("a price too large", Utf8("""{"customer": "bob", "price": 79228162514264337593543950335}"""), "price"),
        ("a negative price", Utf8("""{"customer": "bob", "price": -1}"""), "price"),
        ("a price with three decimals", Utf8("""{"customer": "bob", "price": 1.005}"""), "price"),
        ("no price", Utf8("""{"customer": "bob"}"""), "price"),
        ("no customer", Utf8("""{"price": 42}"""), "customer"),
        ("a customer who is a number", Utf8("""{"customer": 7, "price": 42}"""), "customer"),
        ("a blank customer", Utf8("""{"customer": " ", "price": 42}"""), "customer"),
        ("products that are no list", Utf8("""{"customer": "bob", "products_ids": 42}"""), "products_ids"),
        ("products that are texts", Utf8("""{"customer": "bob", "products_ids": ["42"]}"""), "products_ids"),
        ("no products", Utf8("""{"customer": "bob", "products_ids": []}"""), "products_ids"),
        ("a product nobody has", Utf8("""{"customer": "bob", "products_ids": [2, 4711]}"""), "4711"),
        ("a product beyond counting", Utf8("""{"customer": "bob", "products_ids": [99999999999]}"""), "products_ids"),
    ];

    [Fact]
    public async Task On_orders_leaves_the_way_free()
    {
        var host = await broker.NewHostAsync(Cancellation);
        await using (var shop = await MessagingShop.OpenAsync(host))
        {
            await SendAsync(shop, "orders", [.. Poisons, .. NoOrders]);
            await AreDeadAsync(shop, "orders", [.. Poisons, .. NoOrders]);
            await MarkerShipsAsync(shop);
        }

        await AreEmptyAsync(host);
    }

    [Fact]
    public async Task On_a_departments_queue_leaves_the_way_free()
    {
        (string What, byte[] Body, string Reason)[] all =
        [
            .. Poisons,
            ("a number that is none", Utf8("""{"order_num": "HOPP"}"""), "order_num"),
            ("a number that is a number", Utf8("""{"order_num": 12}"""), "order_num"),
            ("a number nobody has", Utf8("""{"order_num": "0000-0000-0000"}"""), "There is no order 0000-0000-0000"),
        ];
        var host = await broker.NewHostAsync(Cancellation);
        await using (var shop = await MessagingShop.OpenAsync(host))
        {
            await SendAsync(shop, "shop.packing", all);
            await AreDeadAsync(shop, "shop.packing", all);
            await MarkerShipsAsync(shop);
        }

        await AreEmptyAsync(host);
    }

    [Theory]
    [InlineData("""{"customer": "bob", "price": 1, "order_num": "0000-0000-0000"}""", "there is no order 0000-0000-0000")]
    [InlineData("""{"customer": "bob", "price": 1}""", "order_num is not an order number")]
    [InlineData("""{"customer": "bob", "price": 1, "order_num": 12}""", "order_num is not an order number")]
    public async Task That_says_it_is_ours_but_is_not_is_not_adopted(string body, string reason)
    {
        await using var shop = await OpenAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);

        await outsider.SendAsync("orders", body, type: "order.placed.v1");

        (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem().Reason.ShouldContain(reason);
        (await shop.AdoptedAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task At_this_point_of_an_orders_life_names_both_states_and_changes_nothing()
    {
        // The warehouse does not work, so the order stays placed.
        await using var shop = await OpenAsync(("Departments:Warehouse:Enabled", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var number = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("sales and marketing done", async () => (await shop.FindAsync(number)).Tasks.Count(t => t.State == TaskState.Done) == 2, Cancellation);
        var before = await shop.FindAsync(number);

        await outsider.SendAsync("shop.packing", $$"""{"order_num": "{{number}}"}""", $"{number}:picked", "order.picked.v1");

        var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
        letter.Reason.ShouldBe($"Packing was asked to work on order {number}, which is 'placed' and has to be 'picked' first.");
        (letter.MessageId, letter.Type).ShouldBe(($"{number}:picked", "order.picked.v1"));
        (await shop.FindAsync(number)).ShouldBeEquivalentTo(before);
    }

    private static async Task SendAsync(TestShop shop, string queue, (string What, byte[] Body, string Reason)[] poisons)
    {
        await using var outsider = await shop.MeetAsync(Cancellation);
        foreach (var (_, body, _) in poisons)
        {
            await outsider.SendAsync(queue, body);
        }
    }

    private static async Task AreDeadAsync(TestShop shop, string queue, (string What, byte[] Body, string Reason)[] poisons)
    {
        var letters = await shop.DeadLettersAsync(poisons.Length, Cancellation);
        letters.Count.ShouldBe(poisons.Length, "one letter each");
        foreach (var (what, body, reason) in poisons)
        {
            var letter = letters.Where(l => l.Body.AsSpan().SequenceEqual(body)).ShouldHaveSingleItem();
            letter.Reason.ShouldContain(reason, customMessage: what);
            letter.Reason.ShouldNotBeNullOrWhiteSpace(what);
            (letter.Queue, letter.Attempts).ShouldBe((queue, 0), what);
        }
    }

    /// <summary>Behind the poison things go on, and nothing of it is left in anybody's hands.</summary>
    private static async Task MarkerShipsAsync(TestShop shop)
    {
        var number = await shop.PlaceAsync(Cancellation);
        await shop.DoneAsync(number, Cancellation);
        await shop.BalancesAsync([number], Cancellation);
        shop.Log.ShouldNotContain("is away", customMessage: "no message was worth a new session");
    }

    /// <summary>Once the shop is closed, whatever it did not ack would lie there again.</summary>
    private static async Task AreEmptyAsync(Uri host)
    {
        await using var outsider = await Outsider.ConnectAsync(host);
        foreach (var queue in (string[])["orders", "shop.packing", "shop.dead"])
        {
            (await outsider.CountAsync(queue)).ShouldBe(0u, queue);
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<TestShop> OpenAsync(params (string Key, string Value)[] settings) => await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), settings);
}
