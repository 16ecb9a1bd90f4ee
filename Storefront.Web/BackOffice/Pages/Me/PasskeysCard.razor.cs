using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Storefront.Web.Account;
using Storefront.Web.Account.Passkeys;
using Storefront.Web.BackOffice.Parts;
using Storefront.Web.Passkeys;

namespace Storefront.Web.BackOffice.Pages.Me;

/// <summary>Shows a member's passkeys, and renames and removes them.</summary>
public sealed partial class PasskeysCard(StaffPasskeys passkeys, StaffActs acts)
{
    private IReadOnlyList<UserPasskeyInfo> _passkeys = [];
    private string? _chosen;
    private string? _name;
    private string? _fault;
    private bool _busy;
    private bool _justChosen;
    private ElementReference _nameField;

    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>Whether they have just made one.</summary>
    [Parameter] public bool JustAdded { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    // The focus would be lost with the button that had it.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_justChosen)
        {
            _justChosen = false;
            await _nameField.FocusAsync();
        }
    }

    private async Task LoadAsync() => _passkeys = await passkeys.ListAsync(Name);

    private void Choose(UserPasskeyInfo passkey) => (_chosen, _name, _fault, _justChosen) = (OwnPasskeys.IdOf(passkey), passkey.Name, null, true);

    private void Leave() => (_chosen, _fault) = (null, null);

    private Task RenameAsync() => ActAsync((me, id) => passkeys.RenameAsync(me, id, _name));

    private Task RemoveAsync() => ActAsync(passkeys.RemoveAsync);

    private async Task ActAsync(Func<string, string, Task<string?>> act)
    {
        if (_busy || _chosen is not { } chosen)
        {
            return;
        }

        _busy = true;
        _fault = await acts.TryAsync(OfficePolicy.View, "change a passkey", me => act(me, chosen));
        if (_fault is null)
        {
            _chosen = null;
        }

        await LoadAsync();
        _busy = false;
    }
}
