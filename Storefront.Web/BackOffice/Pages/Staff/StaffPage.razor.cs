using Microsoft.AspNetCore.Components;
using Storefront.Web.Account;
using Storefront.Web.Account.Invitations;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Staff;

/// <summary>The staff: who is on it, and who is asked to join.</summary>
public sealed partial class StaffPage(StaffBook staff, StaffInvitations invitations, InvitationMail mail, StaffActs acts, NavigationManager navigation)
{
    private IReadOnlyList<ListedMember>? _members;
    private IReadOnlyList<OpenInvitation>? _open;
    private StaffRole _role = StaffRole.Operator;
    private string? _email;
    private string? _link;
    private string? _mailed;
    private string? _fault;
    private string? _withdrawFault;
    private bool _busy;
    private ElementReference _said;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => (_members, _open) = (await staff.ReadAsync(CancellationToken.None), await invitations.ReadAsync(CancellationToken.None));

    private Task InviteAsync() => BusyAsync(async () => _fault = await acts.TryAsync(OfficePolicy.Manage, "invite somebody", async by =>
    {
        var (refusal, path) = await invitations.InviteAsync(_role, _email, by);
        if (path is not null)
        {
            _link = navigation.ToAbsoluteUri(path).AbsoluteUri;
            _mailed = await mail.SendAsync(_email, path, CancellationToken.None);
            await LoadAsync();
        }

        return refusal;
    }));

    private void Again() => (_link, _mailed, _email) = (null, null, null);

    private Task WithdrawAsync(OpenInvitation invitation) => BusyAsync(async () =>
    {
        _withdrawFault = await acts.TryAsync(OfficePolicy.Manage, "withdraw an invitation", by => invitations.WithdrawAsync(invitation.Id, by));
        await LoadAsync();
    });

    private async Task BusyAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await act();
        }
        finally
        {
            _busy = false;
        }
    }
}
