using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;
using Storefront.Messaging;

namespace Storefront.Tests.Messaging;

/// <summary>Looks every few seconds at what the broker does not tell of by itself.</summary>
public sealed class The_patrol(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Puts_a_binding_back_that_somebody_took_away()
    {
        // Nobody works at packing, so that what comes to its queue stays there.
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), clock, ("Departments:Packing:Enabled", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        await outsider.Channel.QueueUnbindAsync("shop.packing", "shop.events", "order.picked", cancellationToken: Cancellation);

        await Watching.UntilAsync("the queue gets its events again", async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await outsider.Channel.BasicPublishAsync("shop.events", "order.picked", "probe"u8.ToArray(), Cancellation);
            return await outsider.CountAsync("shop.packing") > 0;
        }, Cancellation);

        shop.Log.ShouldNotContain("is away", customMessage: "no session was given up for it");
    }

    [Fact]
    public async Task Gives_the_session_up_when_a_queue_has_no_consumer_though_we_believe_to_be_it()
    {
        await using var situation = await Situation.OpenAsync(await broker.NewHostAsync(Cancellation));
        situation.Session.Note("shop.packing", consumed: true);

        (await situation.EndAsync()).Message.ShouldBe("nobody consumes 'shop.packing' any more, though we were to");
    }

    [Fact]
    public async Task Gives_the_session_up_when_a_queue_of_ours_is_gone()
    {
        await using var situation = await Situation.OpenAsync(await broker.NewHostAsync(Cancellation));
        situation.Session.Note("gone", consumed: true);

        (await situation.EndAsync()).Message.ShouldContain("no queue 'gone'");
    }

    [Fact]
    public async Task Leaves_a_session_alone_that_consumes_what_it_believes()
    {
        await using var situation = await Situation.OpenAsync(await broker.NewHostAsync(Cancellation));
        var queue = await situation.Session.Consuming.CreateChannelAsync(cancellationToken: Cancellation);
        // Ours alone, as the queue for news is: only the consuming connection may look at it. And one that is just stopping.
        await queue.QueueDeclareAsync("ours", exclusive: true, cancellationToken: Cancellation);
        await queue.BasicConsumeAsync("ours", autoAck: true, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(queue), Cancellation);
        situation.Session.Note("ours", consumed: true);
        situation.Session.Note("stopping", consumed: false);

        // Several rounds; each ends with the bindings, so one that is back is the sign of a round gone by.
        for (var round = 0; round < 3; round++)
        {
            await situation.Outsider.Channel.QueueUnbindAsync("shop.packing", "shop.events", "order.picked", cancellationToken: Cancellation);
            await situation.RoundAsync();
        }

        situation.Patrolling.IsCompleted.ShouldBeFalse();
    }

    /// <summary>A patrol alone on a session, with a clock of its own.</summary>
    private sealed class Situation(TestShop shop, BrokerSession session, Outsider outsider, FakeTimeProvider clock) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public BrokerSession Session => session;

        public Outsider Outsider => outsider;

        public Task Patrolling { get; private set; } = Task.CompletedTask;

        public static async Task<Situation> OpenAsync(Uri host)
        {
            var shop = await TestShop.OpenAsync();
            var session = await BrokerSession.OpenAsync(host, Cancellation);
            var topology = shop.Services.GetRequiredService<TopologyDeclaration>();
            await topology.DeclareAsync(session, Cancellation);
            var clock = new FakeTimeProvider();
            var situation = new Situation(shop, session, await Outsider.ConnectAsync(host), clock);
            situation.Patrolling = new BrokerPatrol(topology, clock).RunAsync(session, situation._stop.Token);
            return situation;
        }

        /// <summary>Time goes by until the patrol gives up; why it did.</summary>
        public async Task<IOException> EndAsync()
        {
            await Watching.UntilAsync("the patrol gives up", () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(Patrolling.IsCompleted);
            }, Cancellation);
            return await Should.ThrowAsync<IOException>(() => Patrolling);
        }

        /// <summary>Time goes by until the binding that was taken away is back.</summary>
        public async Task RoundAsync()
        {
            var before = await outsider.CountAsync("shop.packing");
            await Watching.UntilAsync("a round has gone by", async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await outsider.Channel.BasicPublishAsync("shop.events", "order.picked", "probe"u8.ToArray(), Cancellation);
                return Patrolling.IsCompleted || await outsider.CountAsync("shop.packing") > before;
            }, Cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Patrolling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await session.DisposeAsync();
            await outsider.DisposeAsync();
            await shop.DisposeAsync();
            _stop.Dispose();
        }
    }
}
