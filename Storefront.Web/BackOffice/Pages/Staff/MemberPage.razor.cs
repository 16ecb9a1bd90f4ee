using Microsoft.AspNetCore.Components;
using Storefront.Web.Account;
using Storefront.Web.Account.Invitations;
using Storefront.Web.Account.Passkeys;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Staff;

/// <summary>One member of the staff, and what a manager can do about them.</summary>
public sealed partial class MemberPage(StaffBook staff, StaffPasskeys passkeys, PasswordLinks passwords, StaffActs acts, NavigationManager navigation)
{
    private ListedMember? _member;
    private StaffRole _role;
    private bool _isMissing;
    private bool _isAsking;
    private bool _busy;
    private string? _done;
    private string? _link;
    private (string Where, string Why)? _fault;
    private ElementReference _said;
    private object? _saying;

    [Parameter] public Guid Id { get; set; }

    [CascadingParameter] public HttpContext? Http { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_member?.Id != Id)
        {
            (_done, _fault, _isAsking, _link) = (null, null, false, null);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _member = await staff.FindAsync(Id, CancellationToken.None);
        _isMissing = _member is null;
        _role = _member?.Role ?? StaffRole.Viewer;
        if (_isMissing)
        {
            NotThere.Say(Http);
        }
    }

    private string? FaultOf(string where) => _fault is { } fault && fault.Where == where ? fault.Why : null;

    private Task MakeLinkAsync() => ActAsync("password", async by =>
    {
        var (refusal, path) = await passwords.MakeAsync(Id, by);
        _link = path is null ? null : navigation.ToAbsoluteUri(path).AbsoluteUri;
        return refusal;
    }, "The link is made. It stands below.");

    private async Task ActAsync(string where, Func<string, Task<string?>> act, string done)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _done, _fault) = (true, null, null);
        try
        {
            if (await acts.TryAsync(OfficePolicy.Manage, $"change {_member?.Name} of the staff", act) is { } refusal)
            {
                _fault = (where, refusal);
            }
            else
            {
                (_done, _saying) = (done, new());
            }

            _isAsking = false;
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
