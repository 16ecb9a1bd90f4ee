namespace Storefront.Messaging;

/// <summary>Whether the broker can be used.</summary>
public enum BrokerState { Away, Up, Blocked }

/// <summary>What is known of the broker right now, for health and the back office.</summary>
/// <param name="State">Away, up, or up but taking no messages (memory or disk alarm).</param>
/// <param name="Since">When it came to this state.</param>
/// <param name="Reason">Why it is not simply up; null when it is.</param>
/// <param name="Notes">What works but is not as it should be, each with its cure.</param>
public sealed record BrokerView(BrokerState State, DateTimeOffset Since, string? Reason, IReadOnlyList<string> Notes)
{
    public bool IsWell => State == BrokerState.Up && Notes.Count == 0;
}

/// <summary>Holds the current <see cref="BrokerView"/>; written by the supervisor only.</summary>
public sealed class BrokerStatus(TimeProvider time)
{
    private volatile BrokerView _now = new(BrokerState.Away, time.GetUtcNow(), "not yet connected", []);

    public BrokerView Now => _now;

    internal void Set(BrokerState state, string? reason = null, IReadOnlyList<string>? notes = null)
    {
        var before = _now;
        _now = new(state, before.State == state ? before.Since : time.GetUtcNow(), reason, notes ?? before.Notes);
    }
}
