namespace Storefront.Web.Account.Data;

/// <summary>Somebody is asked to join the staff. It goes when it is taken or withdrawn, so its link is good once.</summary>
public sealed class StaffInvitation
{
    public Guid Id { get; private set; } = Guid.NewGuid();

    /// <summary>What they will be.</summary>
    public required StaffRole Role { get; init; }

    /// <summary>Whom it was sent to; null: the link was handed over by other ways.</summary>
    public string? Email { get; init; }

    /// <summary>Who asked them.</summary>
    public required Guid InvitedBy { get; init; }

    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>From then on its link is worth nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
