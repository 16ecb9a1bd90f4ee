using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Tests.Faults.Soak;

/// <summary>The broker and the network to it, harmed and healed again, one fault after the other.</summary>
internal sealed class BrokerFaults
{
    private static readonly string[] Queues = ["orders", "shop.sales", "shop.marketing", "shop.warehouse", "shop.packing", "shop.shipping"];

    /// <summary>Longer than a shop that lives takes to consume again.</summary>
    private static readonly TimeSpan ComingBack = TimeSpan.FromSeconds(10);

    private readonly PrivateBroker _node;
    private readonly BlackHole _network;
    private readonly Diary _diary;
    private readonly Ledger _ledger;
    private readonly Dictionary<string, Func<Task>> _kinds;
    private readonly Deck<string> _deck;
    private volatile bool _isHarmed;
    private volatile int _harms;

    public BrokerFaults(int seed, PrivateBroker node, BlackHole network, Diary diary, Ledger ledger)
    {
        (_node, _network, _diary, _ledger) = (node, network, diary, ledger);
        _kinds = new(StringComparer.Ordinal)
        {
            [Death + "kill -9"] = () => HarmAsync(() => Run(_node.Kill), 0.2, 3, () => _node.StartAgainAsync(CancellationToken.None)),
            [Death + "orderly restart"] = () => HarmAsync(_node.StopAsync, 0, 2, () => _node.StartAgainAsync(CancellationToken.None)),
            [Death + "stop_app, start_app"] = () => HarmAsync(() => ControlAsync("stop_app"), 0, 2, () => ControlAsync("start_app")),
            ["broker: all connections closed"] = () => HarmAsync(() => ControlAsync("close_all_connections soak"), 0, 0, () => Task.CompletedTask),
            ["broker: frozen"] = () => HarmAsync(() => Run(_node.PauseProcess), 1, 14, () => Run(_node.Resume)),
            ["broker: network swallows"] = () => HarmAsync(() => Run(_network.Swallow), 2, 14, () => Run(_network.CutSwallowed)),
            ["broker: memory alarm"] = () => HarmAsync(() => ControlAsync("set_vm_memory_high_watermark absolute 10"), 1, 5, () => ControlAsync("set_vm_memory_high_watermark 0.4")),
            ["broker: disk alarm"] = () => HarmAsync(() => ControlAsync("set_disk_free_limit 900000GB"), 1, 5, () => ControlAsync("set_disk_free_limit 50MB")),
            ["broker: queue deleted"] = () => HarmAsync(() => AsOutsiderAsync(DeleteAsync), 0, 1, () => Task.CompletedTask),
            ["broker: binding removed"] = () => HarmAsync(() => AsOutsiderAsync(UnbindAsync), 0, 1, () => Task.CompletedTask),
            ["messages: poison"] = () => AsOutsiderAsync(PoisonAsync),
            ["messages: duplicates"] = () => AsOutsiderAsync(RepeatAsync),
            ["messages: another system's orders"] = () => AsOutsiderAsync(AnotherSystemAsync),
        };
        _deck = new(seed, [.. _kinds.Keys]);
    }

    /// <summary>How the kinds that take the broker down begin.</summary>
    public const string Death = "broker death: ";

    /// <summary>Whether the broker is well at the moment, and how often it has been harmed so far.</summary>
    public (bool IsWell, int Harms) State => (!_isHarmed, _harms);

    /// <summary>One fault after the other, until told to stop; the broker is well again when it returns.</summary>
    public async Task RunAsync(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await Task.Delay(_deck.Between(0.5, 2.5), CancellationToken.None);
            var kind = _deck.Draw();
            _diary.Made(kind);
            await _kinds[kind]();
            _diary.Note($"{kind}: over");
            _ledger.Fault();
        }
    }

    private async Task HarmAsync(Func<Task> harm, double from, double to, Func<Task> heal)
    {
        _isHarmed = true;
        _harms++;
        try
        {
            await harm();
            await Task.Delay(_deck.Between(from, to));
        }
        finally
        {
            await heal();
            await WellAsync();
            _isHarmed = false;
        }
    }

    /// <summary>
    /// The broker is well when it takes connections and the shop consumes from every queue again. The shop itself may be dead just now:
    /// then nobody comes, and after a while the broker counts as well all the same.
    /// </summary>
    private async Task WellAsync()
    {
        await Watching.UntilAsync("the broker takes connections", () => PrivateBrokerPorts.AnswersAsync(_node.Port, CancellationToken.None), CancellationToken.None);
        try
        {
            await Watching.UntilAsync("the shop consumes", IsConsumedAsync, ComingBack, TimeSpan.FromMilliseconds(200), CancellationToken.None);
        }
        catch (TimeoutException e)
        {
            _diary.Note($"the broker is there: {e.Message}");
        }
    }

    private async Task<bool> IsConsumedAsync()
    {
        try
        {
            await using var connection = await OutsiderAsync();
            await using var channel = await connection.CreateChannelAsync();
            foreach (var queue in Queues)
            {
                if ((await channel.QueueDeclarePassiveAsync(queue)).ConsumerCount == 0)
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException)
        {
            return false; // a queue is not there yet, or the broker not quite
        }
    }

    private Task<IConnection> OutsiderAsync() => new ConnectionFactory { Uri = _node.Uri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync("outsider");

    private async Task ControlAsync(string arguments) => await _node.ControlAsync(arguments, CancellationToken.None);

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private string AnyQueue() => Queues[_deck.Chance.Next(Queues.Length)];

    private async Task DeleteAsync(IChannel channel)
    {
        var queue = AnyQueue();
        await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false);
        _ledger.IsDeleted(queue);
    }

    private Task UnbindAsync(IChannel channel)
    {
        (string Queue, string Topic)[] bindings =
        [
            ("shop.sales", "order.accepted"), ("shop.marketing", "order.accepted"), ("shop.warehouse", "order.accepted"), ("shop.packing", "order.picked"), ("shop.shipping", "order.packed"),
        ];
        var (queue, topic) = bindings[_deck.Chance.Next(bindings.Length)];
        return channel.QueueUnbindAsync(queue, "shop.events", topic);
    }

    private async Task PoisonAsync(IChannel channel)
    {
        for (var i = 0; i < 10; i++)
        {
            await Poison.SendAsync(channel, AnyQueue(), _deck.Chance.Next(), _ledger, CancellationToken.None);
        }
    }

    /// <summary>Messages of earlier orders once more, under the ids they had.</summary>
    private async Task RepeatAsync(IChannel channel)
    {
        var earlier = _ledger.Versions.Keys.ToArray();
        for (var i = 0; i < 20 && earlier.Length > 0; i++)
        {
            var number = earlier[_deck.Chance.Next(earlier.Length)].ToString();
            var isPlaced = i % 2 == 0;
            var properties = new BasicProperties
            {
                Persistent = true, MessageId = isPlaced ? $"{number}:placed" : $"{number}:accepted", Type = isPlaced ? "order.placed.v1" : "order.accepted.v1",
                CorrelationId = number, AppId = "storefront",
            };
            await channel.BasicPublishAsync(isPlaced ? "" : "shop.events", isPlaced ? "orders" : "order.accepted", mandatory: true, properties,
                System.Text.Encoding.UTF8.GetBytes($$"""{"order_num": "{{number}}", "customer": "echo", "price": 1}"""));
        }
    }

    /// <summary>Orders that nobody placed here; those with a message id are sent twice.</summary>
    private async Task AnotherSystemAsync(IChannel channel)
    {
        for (var i = 0; i < 6; i++)
        {
            var reference = $"soak-{Guid.NewGuid():N}";
            var isNamed = i % 2 == 0;
            var properties = new BasicProperties { Persistent = true };
            if (isNamed)
            {
                properties.MessageId = reference;
            }

            var body = i % 3 == 0 ? "\"products_ids\": [2, 4, 42]" : "\"price\": 42";
            for (var copy = 0; copy < (isNamed ? 2 : 1); copy++)
            {
                await channel.BasicPublishAsync("", "orders", mandatory: true, properties, System.Text.Encoding.UTF8.GetBytes($$"""{"customer": "bob", "order_num": "{{reference}}", {{body}}}"""));
            }

            _ledger.Sent(reference, isNamed);
        }
    }

    /// <summary>Does something at the broker itself, not through the network that swallows. A queue may be missing at the moment: then it is tried again.</summary>
    private Task AsOutsiderAsync(Func<IChannel, Task> act) =>
        Watching.UntilAsync("somebody else did something at the broker", async () =>
        {
            try
            {
                await using var connection = await OutsiderAsync();
                await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
                await act(channel);
                return true;
            }
            catch (Exception e) when (e is RabbitMQClientException or IOException)
            {
                _diary.Note($"not yet: {e.Message}");
                return false;
            }
        }, TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(500), CancellationToken.None);
}
