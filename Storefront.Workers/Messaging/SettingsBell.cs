using Storefront.Messaging.Outbox;

namespace Storefront.Messaging;

/// <summary>
/// Carries the hint that settings kept in the database were changed, between processes. Both ends are latched: a hint given while nobody can carry it,
/// or while its hearer is busy, is not lost; and several are as good as one.
/// </summary>
public sealed class SettingsBell
{
    /// <summary>Type of the message on <see cref="Topology.News"/> that asks to look at the settings.</summary>
    public const string Type = "settings.changed.v1";

    private readonly OutboxBell _told = new();
    private readonly OutboxBell _heard = new();

    /// <summary>This process has changed something, and the others are to know.</summary>
    public void Tell() => _told.Wake();

    /// <summary>Another process may have changed something.</summary>
    public void Hear() => _heard.Wake();

    /// <summary>Returns when there is something to tell the other processes.</summary>
    public Task ToldAsync(TimeProvider time, CancellationToken cancellationToken) => _told.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken);

    /// <summary>Returns when something was heard since the last time, or after <paramref name="atMost"/>.</summary>
    public Task HeardAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) => _heard.WaitAsync(atMost, time, cancellationToken);
}
