using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Departments;
using Storefront.Departments.Controls;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Web.Api.Health;

/// <summary>How one part of the shop is.</summary>
/// <param name="Name">Which part: <c>database</c>, <c>broker</c>, <c>relay</c>, <c>consumers</c>.</param>
/// <param name="Status">Unhealthy: no orders are taken; degraded: they are, and something waits.</param>
/// <param name="Word">The state in a word or two.</param>
/// <param name="Since">When it came to this state.</param>
/// <param name="Text">The same in a sentence or more, with the reason and what it means for orders.</param>
public sealed record PartHealth(string Name, HealthStatus Status, string Word, DateTimeOffset Since, string Text);

/// <summary>
/// What the shop's parts are known to be, for probes and for the staff. Nothing is asked for it: those who work with a part have seen how it is.
/// </summary>
public sealed class ShopHealth(
    DatabaseStatus database, BrokerStatus broker, RelayStatus relay, ConsumersStatus consumers, CurrentSettings settings, IOptions<WorkersOptions> workers)
{
    /// <summary>All parts, those first that the others need.</summary>
    public IReadOnlyList<PartHealth> Parts => [Database, Broker, Relay, Consumers];

    public PartHealth Database => database.Now is { Trouble: { } trouble } now
        ? new("database", HealthStatus.Unhealthy, "Unwell", now.Since, $"The database does not do what it is asked to: {trouble}")
        : new("database", HealthStatus.Healthy, "Answers", database.Now.Since, "The database answers.");

    public PartHealth Broker
    {
        get
        {
            var now = broker.Now;
            var (word, text) = now.State switch
            {
                BrokerState.Away => ("Away", $"The broker is away ({now.Reason}); orders are taken and wait for it."),
                BrokerState.Blocked => ("Blocked", $"The broker takes no messages at the moment ({now.Reason}); orders are taken and wait for it."),
                _ when !now.IsWell => ("Up, with a snag", string.Join(" ", now.Notes)),
                _ => ("Up", "The broker is there and takes messages."),
            };
            return new("broker", now.IsWell ? HealthStatus.Healthy : HealthStatus.Degraded, word, now.Since, text);
        }
    }

    public PartHealth Relay
    {
        get
        {
            var now = relay.Now;
            var (status, word, text) = now.State switch
            {
                RelayState.AtWork => (HealthStatus.Healthy, "At work", "Messages go to the broker."),
                RelayState.Elsewhere => (HealthStatus.Healthy, "Standing by", "Another process relays; this one takes over when that one ends."),
                RelayState.Refused => (HealthStatus.Degraded, "Refused", $"The broker refuses {(now.Refused == 1 ? "a message" : $"{now.Refused} messages")} ({now.Reason}); what is refused is tried again, and the rest goes its way."),
                _ => (HealthStatus.Degraded, "Waiting", "Messages wait in the outbox until the broker takes them."),
            };
            return new("relay", status, word, now.Since, text);
        }
    }

    /// <summary>The queues that nobody is to consume: their departments are paused.</summary>
    internal IReadOnlyCollection<string> PausedQueues => [.. settings.Paused.Select(d => Topology.QueueOf(d.Text()))];

    public PartHealth Consumers
    {
        get
        {
            var now = consumers.Now;
            var paused = PausedQueues;
            var stopped = now.Stopped.Except(paused, StringComparer.Ordinal).ToList();
            var (status, word, text) = stopped.Count > 0 ? (HealthStatus.Degraded, "Stopped", $"Nobody consumes {string.Join(", ", stopped)}; the consumers are being set up.")
                : now.Queues.Count > 0 && paused.Count > 0 ? (HealthStatus.Healthy, $"{paused.Count} paused", $"The staff has paused {string.Join(", ", paused)}; every other queue has its consumer.")
                : now.Queues.Count > 0 ? (HealthStatus.Healthy, "Consuming", "Every queue has its consumer.")
                : workers.Value.CoHosted ? (HealthStatus.Degraded, "Stopped", "Nobody consumes while the broker is away; work waits in the outbox and in the queues.")
                : (HealthStatus.Healthy, "Elsewhere", "Other processes do the work.");
            return new("consumers", status, word, now.Since, text);
        }
    }
}
