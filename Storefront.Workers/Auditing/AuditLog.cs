using Storefront.Data;

namespace Storefront.Auditing;

/// <summary>Where it is written down who did what in the back office: in the commit that does it, so there is neither without the other.</summary>
public sealed class AuditLog(TimeProvider time)
{
    /// <summary>Characters a detail may have; the rest of a longer one is left out.</summary>
    public const int MaxDetail = 2000;

    /// <summary>Adds an entry to a unit of work; it is kept when the unit is.</summary>
    /// <param name="db">The unit of work that does it.</param>
    /// <param name="who">Who does it, as it is to be shown.</param>
    /// <param name="action">Area and verb: <c>order.cancel</c>.</param>
    /// <param name="subject">Kind and name: <c>order X7K2-9QHD-4MTB</c>.</param>
    /// <param name="detail">What changes (<c>price 4.20 → 4.50</c>), or why.</param>
    public void Add(StoreDb db, string who, string action, string subject, string? detail = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        db.AuditLog.Add(new()
        {
            At = time.GetUtcNow(),
            Who = who,
            Action = action,
            Subject = subject,
            Detail = detail is { Length: > MaxDetail } ? $"{detail.AsSpan(0, MaxDetail - 1)}…" : detail,
        });
    }
}
