namespace Storefront.Messaging.Outbox;

/// <summary>What the relay is about.</summary>
public enum RelayState
{
    /// <summary>The broker is away or takes no messages.</summary>
    Waiting,

    /// <summary>Another process relays for this database; this one takes over when that one ends.</summary>
    Elsewhere,

    /// <summary>It carries messages to the broker.</summary>
    AtWork,

    /// <summary>The same, but some messages are refused; they are tried again while the others go their way.</summary>
    Refused,
}

/// <summary>What is known of the relay right now.</summary>
/// <param name="State">What it is about.</param>
/// <param name="Since">When it came to this state.</param>
/// <param name="Refused">Messages that the broker refused last time.</param>
/// <param name="Reason">Why it refused the one that was refused last.</param>
public sealed record RelayView(RelayState State, DateTimeOffset Since, int Refused, string? Reason);

/// <summary>Holds the current <see cref="RelayView"/>; told by the relay, and by the broker's state while that keeps it waiting.</summary>
public sealed class RelayStatus(BrokerStatus broker, TimeProvider time)
{
    private volatile RelayView _now = new(RelayState.Waiting, time.GetUtcNow(), 0, null);

    public RelayView Now => (_now, broker.Now) switch
    {
        ({ State: not RelayState.Waiting } now, { State: BrokerState.Blocked } blocked) => new(RelayState.Waiting, blocked.Since, now.Refused, now.Reason),
        var (now, _) => now,
    };

    internal void Set(RelayState state) => Set(state, 0, null);

    /// <summary>At work; so many messages are refused, if any, and the last of them for this reason.</summary>
    internal void AtWork(int refused, string? reason) => Set(refused > 0 ? RelayState.Refused : RelayState.AtWork, refused, refused > 0 ? reason ?? _now.Reason : null);

    private void Set(RelayState state, int refused, string? reason)
    {
        var before = _now;
        _now = new(state, before.State == state ? before.Since : time.GetUtcNow(), refused, reason);
    }
}
