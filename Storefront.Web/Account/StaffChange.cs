using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>What became of a change of the staff: why it was refused, or what is written down of it.</summary>
public sealed record StaffChange
{
    private StaffChange()
    {
    }

    /// <summary>Why nothing was changed; null: something was.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Whose sessions are to be looked at again.</summary>
    public Guid? Member { get; private init; }

    /// <summary>For the audit log: area and verb.</summary>
    public string Action { get; private init; } = "";

    /// <summary>For the audit log: kind and name.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>For the audit log: what changed.</summary>
    public string? Detail { get; private init; }

    public static StaffChange Refused(string why) => new() { Refusal = why };

    public static StaffChange Of(StaffMember member, string action, string? detail = null) =>
        new() { Member = member.Id, Action = action, Subject = $"staff {member.UserName}", Detail = detail };

    public static StaffChange Of(StaffInvitation invitation, string action, string? detail = null) =>
        new() { Action = action, Subject = $"invitation {invitation.Email ?? invitation.Id.ToString("N")[..8]}", Detail = detail };
}
