using System.Text.Json;
using RabbitMQ.Client;
using Storefront.Orders;

namespace Storefront.Tests.Messaging;

/// <summary>Whoever puts an order on the queue <c>orders</c>, in whatever language, gets it worked off like any other.</summary>
public sealed class Another_systems_message(SharedBroker broker)
{
    /// <summary>RabbitMQ's own tutorial, word for word but for the order.</summary>
    private const string Tutorial = """
        channel.queue_declare('orders', durable=True)
        channel.basic_publish(exchange='', routing_key='orders', body=json.dumps({'customer': 'bob', 'price': 42}),
            properties=pika.BasicProperties(delivery_mode=2))
        """;

    private static readonly string[] Steps = ["accepted", "picked", "packed", "shipped"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_the_tutorial_becomes_an_order_and_ships_whoever_declared_the_queue_first(bool shopFirst)
    {
        var host = await broker.NewHostAsync(Cancellation);
        if (!shopFirst)
        {
            await Pika.RunAsync(host, Tutorial);
        }

        await using var shop = await MessagingShop.OpenAsync(host);
        if (shopFirst)
        {
            await shop.AtBrokerAsync(Cancellation);
            await Pika.RunAsync(host, Tutorial);
        }

        await shop.AllDoneAsync(1, Cancellation);

        var order = (await shop.AdoptedAsync(Cancellation)).ShouldHaveSingleItem();
        (order.Customer.Name, order.PriceMinor, order.Currency, order.Lines.Count, order.Status).ShouldBe(("bob", 4200, "EUR", 0, OrderStatus.Shipped));
        await shop.BalancesAsync([order.Number], Cancellation);
        shop.Broker().Now.IsWell.ShouldBeTrue("nobody had to declare the queue otherwise");
    }

    [Fact]
    public async Task Counts_once_with_a_message_id_and_each_time_without()
    {
        var host = await broker.NewHostAsync(Cancellation);
        await using var shop = await MessagingShop.OpenAsync(host);
        await shop.AtBrokerAsync(Cancellation);
        await Pika.RunAsync(host, """
            def send(**properties):
                channel.basic_publish('', 'orders', json.dumps({'customer': 'bob', 'price': 1}), pika.BasicProperties(**properties))
            for _ in range(3):
                send(message_id='bob-1')
            send(message_id='bob-2')
            send()
            send()
            """);
        await using var outsider = await Outsider.ConnectAsync(host);
        await outsider.SendAsync("orders", """{"customer": "marker", "price": 1}""");

        await shop.AllDoneAsync(5, Cancellation);

        (await shop.AdoptedAsync(Cancellation)).Select(o => o.SourceMessageId ?? o.Customer.Name)
            .ShouldBe(["bob-1", "bob-2", "bob", "bob", "marker"], ignoreOrder: true);
    }

    [Fact]
    public async Task With_products_is_priced_by_the_catalogue_takes_stock_and_keeps_its_own_number()
    {
        await using var shop = await OpenAsync();
        var (before, outsider) = (await shop.StockAsync(42, Cancellation), await shop.MeetAsync(Cancellation));
        await using (outsider)
        {
            await outsider.SendAsync("orders", """{"customer_name": "Ævar", "products_ids": [42, 2, 42], "price": 0.01, "order_num": "ERP-0017", "colour": "unheard of"}""");
            await shop.AllDoneAsync(1, Cancellation);
        }

        var order = (await shop.AdoptedAsync(Cancellation)).ShouldHaveSingleItem();
        order.Lines.Select(l => (l.ProductId, l.Quantity)).ShouldBe([(2, 1), (42, 2)], ignoreOrder: true);
        order.PriceMinor.ShouldBe(order.Lines.Sum(l => l.PriceMinor * l.Quantity), "what a message says of the price of our goods does not count");
        order.PriceMinor.ShouldBeGreaterThan(100);
        order.SourceReference.ShouldBe("ERP-0017");
        (await shop.StockAsync(42, Cancellation)).ShouldBe(before - 2);
        await shop.BalancesAsync([order.Number], Cancellation);
    }

    [Fact]
    public async Task For_what_is_sold_out_becomes_a_dead_letter_that_names_it_and_takes_nothing()
    {
        await using var shop = await OpenAsync(("Catalog:OpeningStock", "2"));
        await using var outsider = await shop.MeetAsync(Cancellation);

        await outsider.SendAsync("orders", """{"customer": "bob", "products_ids": [2, 42, 42, 42]}""");

        var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
        letter.Reason.ShouldBe("Sold out: Moth Notebook (3 wanted, 2 left). It can be replayed when there is stock again.");
        (await shop.AdoptedAsync(Cancellation)).ShouldBeEmpty();
        (await shop.StockAsync(2, Cancellation)).ShouldBe(2);
    }

    [Fact]
    public async Task Is_answered_by_events_that_anyone_may_listen_to()
    {
        await using var shop = await OpenAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);
        var events = await outsider.ListenAsync("order.*");
        await outsider.SendAsync("orders", """{"customer": "bob", "price": 42.5}""");
        await shop.AllDoneAsync(1, Cancellation);
        var number = (await shop.AdoptedAsync(Cancellation)).Single().Number.ToString();

        foreach (var step in Steps)
        {
            var heard = await events.NextAsync();
            heard.RoutingKey.ShouldBe($"order.{step}");
            var p = heard.Properties;
            (p.MessageId, p.Type, p.CorrelationId, p.AppId, p.ContentType).ShouldBe(($"{number}:{step}", $"order.{step}.v1", number, "storefront", "application/json"));
            p.DeliveryMode.ShouldBe(DeliveryModes.Persistent);
            heard.Header("traceparent").ShouldMatch("^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$");
            DateTimeOffset.FromUnixTimeSeconds(p.Timestamp.UnixTime).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(2));
            using var body = JsonDocument.Parse(heard.Body);
            body.RootElement.GetProperty("order_num").GetString().ShouldBe(number);
            body.RootElement.GetProperty("price").GetDecimal().ShouldBe(42.5m);
            body.RootElement.GetProperty("currency").GetString().ShouldBe("EUR");
            heard.Text.ShouldNotContain("bob", customMessage: "no personal data on the topics");
        }
    }

    [Fact]
    public async Task May_be_read_off_the_queue_by_the_tutorials_own_consumer()
    {
        // Nobody works here: the order stays in the queue for the outsider to read.
        await using var shop = await OpenAsync(("Workers:CoHosted", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var number = (await shop.PlaceAsync(Cancellation)).ToString();

        var message = await (await outsider.ReadAsync("orders")).NextAsync();

        var p = message.Properties;
        (p.MessageId, p.Type, p.CorrelationId, p.ContentType, p.DeliveryMode).ShouldBe(($"{number}:placed", "order.placed.v1", number, "application/json", DeliveryModes.Persistent));
        using var body = JsonDocument.Parse(message.Body);
        body.RootElement.GetProperty("customer").GetString().ShouldBe("Helgi Möller");
        body.RootElement.GetProperty("price").GetDecimal().ShouldBeGreaterThan(0);
        body.RootElement.GetProperty("order_num").GetString().ShouldBe(number);
        body.RootElement.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("product_id").GetInt32()).ShouldBe([2, 4, 42]);
    }

    private async Task<TestShop> OpenAsync(params (string Key, string Value)[] settings) => await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), settings);
}
