using MudBlazor;
using Storefront.Departments.Controls;
using Storefront.Messaging;
using Storefront.Messaging.Queues;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Queues;

/// <summary>What a queue's row says beside its figures.</summary>
internal sealed class QueueLine(QueueFigures queue, BrokerFigures all, IReadOnlyList<RoomLoad> rooms, CurrentSettings settings)
{
    /// <summary>Whose queue it is; null: no department's.</summary>
    public Department? Department { get; } = OrderTerms.Departments.Where(d => Topology.QueueOf(d.Text()) == queue.Name).Select(d => (Department?)d).FirstOrDefault();

    /// <summary>What it is for.</summary>
    public string Purpose => Department is { } department ? Rooms.Of(department).ToString() : queue.Name switch
    {
        Topology.Orders => "every order comes in here",
        Topology.Dead => "on the way to the dead letters",
        _ => "mail to customers",
    };

    /// <summary>
    /// How long the oldest has waited: the message at the head, where the broker says so, and otherwise the order that has waited longest for this room,
    /// as the database knows; null: neither is known.
    /// </summary>
    public string? Oldest => queue.HeadSentAt is { } sent ? $"message {Parts.Duration.Text(all.At - sent)}"
        : rooms.FirstOrDefault(r => r.Department == Department)?.OldestWaiting is { } waiting ? $"order {Parts.Duration.Text(all.At - waiting)}"
        : null;

    /// <summary>How it is; null: unknown.</summary>
    public Sign? Sign => queue switch
    {
        { IsMissing: true } => new("Missing", Icons.Material.Rounded.PriorityHigh, "berry"),
        _ when Department is { } department && settings.Of(department).Pause is not null => new("Paused", Icons.Material.Rounded.Pause, "honey"),
        { Consumers: 0 } => new("Nobody consumes", Icons.Material.Rounded.PriorityHigh, "berry"),
        { Consumers: > 0 } => new("Consumed", Icons.Material.Rounded.Check, "leaf"),
        _ => null,
    };
}
