using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Storefront.Web.Passkeys;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.Accounts.Passkeys;

namespace Storefront.Web.Store.Accounts.Pages;

/// <summary>One passkey of the account that is signed in: to rename it, and to remove it, which signs every other device out. Somebody else's is as unknown as one that never was.</summary>
public sealed partial class PasskeyPage(
    AccountForms forms, SignedInCustomer customer, UserManager<CustomerAccount> accounts, SignInManager<CustomerAccount> signIn, OwnPasskeys<CustomerAccount> passkeys,
    NavigationManager navigation)
{
    private const string RenameName = "rename-passkey";
    private const string RemoveName = "remove-passkey";

    private CustomerAccount? _account;
    private UserPasskeyInfo? _passkey;
    private string? _refusal;
    private string? _nameFault;

    [Parameter] public string Id { get; set; } = "";

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = RenameName)] private RenameForm? Form { get; set; }

    public static string AddressOf(UserPasskeyInfo passkey) => $"{AccountPage.Address}/passkeys/{OwnPasskeys.IdOf(passkey)}";

    protected override async Task OnInitializedAsync()
    {
        _account = await customer.WhoAsync() is { } who ? await accounts.GetUserAsync(who) : null;
        if (_account is null)
        {
            navigation.NavigateTo(CustomerSignInPage.AddressToReturn(AccountPage.Address));
            return;
        }

        _passkey = await accounts.FindPasskeyAsync(_account, Id);
        if (_passkey is null)
        {
            // Not 404: the help page would stand in for this one.
            Http.Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    private async Task RenameAsync()
    {
        if (await MayAsync() is not { } may)
        {
            return;
        }

        if (!PasskeyName.TryRead(Form?.Name, out var name))
        {
            _nameFault = Words.NameFault();
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return;
        }

        GoOn(await passkeys.RenameAsync(may.Account, may.Passkey, name), PasskeyChange.Renamed);
    }

    private async Task RemoveAsync()
    {
        if (await MayAsync() is not { } may)
        {
            return;
        }

        var isRemoved = await passkeys.RemoveAsync(may.Account, may.Passkey);
        if (isRemoved)
        {
            // All sessions have ended; this one begins anew.
            await signIn.SignInAsync(may.Account, isPersistent: true);
        }

        GoOn(isRemoved, PasskeyChange.Removed);
    }

    private async Task<(CustomerAccount Account, UserPasskeyInfo Passkey)?> MayAsync()
    {
        if (_account is null || _passkey is null)
        {
            return null;
        }

        _refusal = await forms.RefusalAsync(Http);
        return _refusal is null ? (_account, _passkey) : null;
    }

    private void GoOn(bool isDone, PasskeyChange change)
    {
        if (!isDone)
        {
            // Changed meanwhile, in another browser for example.
            _refusal = Words["account.old"];
            Http.Response.StatusCode = StatusCodes.Status409Conflict;
            return;
        }

        SeeOther.Instead(Http.Response);
        navigation.NavigateTo(AccountPage.AddressAfter(change));
    }

    /// <summary>The other name.</summary>
    public sealed class RenameForm
    {
        public string? Name { get; set; }
    }
}
