using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Me;

/// <summary>What a member of the staff does with their own way to sign in. Whatever changes it ends their sessions, so they sign in anew and see that it works.</summary>
public sealed partial class MePage(OwnAccount own, StaffActs acts)
{
    private OwnFacts? _facts;
    private string? _fault;
    private bool _busy;

    [CascadingParameter] public Task<AuthenticationState>? Session { get; set; }

    /// <summary>Set when they come from making a passkey.</summary>
    [SupplyParameterFromQuery] public string? Passkey { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        if (Session is not null && (await Session).User.Identity?.Name is { } me)
        {
            _facts = await own.ReadAsync(me);
        }
    }

    private async Task SignOutEverywhereAsync()
    {
        _busy = true;
        _fault = await acts.TryAsync(OfficePolicy.View, "sign out everywhere", own.SignOutEverywhereAsync);
        _busy = false;
    }
}
