using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Storefront.Messaging;
using Storefront.Messaging.Queues;

namespace Storefront.Tests.Messaging.Queues;

/// <summary>Whom the shop asks about its queues, how often, and what it makes of the answers.</summary>
public sealed class Asking_for_figures
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, "http://localhost:15672/ guest guest /")]
    [InlineData("amqp://anna:s%2Fcret@rabbit:5672/shop", null, "http://rabbit:15672/ anna s/cret shop")]
    [InlineData("amqps://anna:secret@rabbit", null, "https://rabbit:15671/ anna secret /")]
    [InlineData("amqp://anna:secret@rabbit:4242", null, "the broker is not at its usual port, so Broker:Management has to say where its management API is")]
    [InlineData("amqp://anna:secret@rabbit:4242", "http://other:1234", "http://other:1234/ anna secret /")]
    [InlineData("amqp://anna:secret@rabbit", "https://looker:p%40ss@other/rabbit", "https://other/rabbit/ looker p@ss /")]
    [InlineData("amqp://anna:secret@rabbit", " Off ", "Broker:Management is off")]
    public void Goes_where_the_settings_say(string? broker, string? management, string whom)
    {
        var address = ManagementAddress.Of(new() { Uri = broker, Management = management }, out var reason);
        (address is null ? reason : $"{address.Root} {address.User} {address.Password} {address.Host}").ShouldBe(whom);
    }

    [Theory]
    [InlineData("localhost:15672")]
    [InlineData("amqp://localhost:5672")]
    [InlineData("http://localhost:15672/?x=1")]
    public void Is_not_begun_with_a_setting_that_is_no_address(string management) => new BrokerOptions { Management = management }.Validate(new ValidationContext(this)).Select(r => r.ErrorMessage)
        .ShouldBe(["Broker:Management must be the address of RabbitMQ's management API, such as http://localhost:15672, or off."]);

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "", "the management API does not let 'guest' look")]
    [InlineData(HttpStatusCode.NotFound, "", "the management API knows no virtual host '/'")]
    [InlineData(HttpStatusCode.Redirect, "", "the management API answers 302")]
    [InlineData(HttpStatusCode.OK, "<html>", "what answers at http://localhost:15672/ is not RabbitMQ's management API")]
    [InlineData(HttpStatusCode.OK, "{}", "the management API's answer has no queues in it")]
    public async Task Says_what_is_wrong_with_an_answer(HttpStatusCode status, string body, string reason) =>
        (await Should.ThrowAsync<FiguresNotHadException>(() => AskAsync((status, body)))).Message.ShouldBe(reason);

    [Fact]
    public async Task Leaves_unknown_what_the_answer_does_not_say()
    {
        var figures = await AskAsync((HttpStatusCode.OK, """
            {"items": [
              {"name": "orders"},
              {"name": "shop.sales", "messages_ready": 4, "messages_unacknowledged": 2, "consumers": 1, "head_message_timestamp": 1795435200,
               "message_stats": {"publish_details": {"rate": 1.5}, "deliver_get_details": {"rate": 0.0}}},
              {"name": "shop.packing", "messages_ready": 1, "head_message_timestamp": 99999999999999}]}
            """), (HttpStatusCode.Unauthorized, ""));
        figures.Alarms.ShouldBeNull("that takes another right");
        figures.Queues.ShouldBe(
        [
            new("orders"),
            new("shop.sales") { Ready = 4, Unacked = 2, Consumers = 1, InRate = 1.5, OutRate = 0, HeadSentAt = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero) },
            new("shop.packing") { Ready = 1 },
            new("shop.shipping") { IsMissing = true },
        ]);
    }

    [Fact]
    public async Task Tells_the_alarms_of_all_nodes() => (await AskAsync((HttpStatusCode.OK, """{"items": []}"""), (HttpStatusCode.OK,
        """[{"name": "rabbit@a", "mem_alarm": true, "disk_free_alarm": false}, {"name": "rabbit@b", "mem_alarm": false, "disk_free_alarm": true}, {"name": "rabbit@c"}]""")))
        .Alarms.ShouldBe(["memory alarm at rabbit@a", "disk alarm at rabbit@b"]);

    [Fact]
    public async Task Happens_once_for_all_who_look_and_again_after_three_seconds()
    {
        var source = new Counting(_clock);
        using var reader = new QueueReader([source], [new("shop.sales", []), new("shop.unused", []) { IsUsed = false }], _clock, NullLogger<QueueReader>.Instance);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => reader.NowAsync(Cancellation))));
        all.ShouldAllBe(f => ReferenceEquals(f, all[0]));
        source.Asked.ShouldBe([["orders", "shop.sales", "shop.dead"]]);

        _clock.Advance(QueueReader.Fresh);
        await reader.NowAsync(Cancellation);
        source.Asked.Count.ShouldBe(2);
    }

    private Task<BrokerFigures> AskAsync(params (HttpStatusCode Status, string Body)[] answers)
    {
        var http = new HttpClient(new Answering(answers));
        return new ManagementQueues(Options.Create(new BrokerOptions()), http, _clock).ReadAsync(["orders", "shop.sales", "shop.packing", "shop.shipping"], Cancellation);
    }

    private sealed class Answering(IEnumerable<(HttpStatusCode Status, string Body)> answers) : HttpMessageHandler
    {
        private readonly Queue<(HttpStatusCode Status, string Body)> _answers = new(answers);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (status, body) = _answers.Dequeue();
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }

    private sealed class Counting(TimeProvider time) : IQueueSource
    {
        public List<IReadOnlyList<string>> Asked { get; } = [];

        public FiguresSource Kind => FiguresSource.Management;

        public async Task<BrokerFigures> ReadAsync(IReadOnlyList<string> queues, CancellationToken cancellationToken)
        {
            Asked.Add(queues);
            await Task.Yield();
            return new(time.GetUtcNow(), Kind, null, []);
        }
    }
}
