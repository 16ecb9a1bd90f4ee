using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Storefront.Web.Passkeys;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.Accounts.Passkeys;

namespace Storefront.Web.Store.Accounts.Pages;

/// <summary>
/// Where an account gets a passkey. The script asks for an offer with the form as it is (<see cref="PasskeyOffers"/>), the browser makes a passkey of it, and the form
/// comes here with that.
/// </summary>
public sealed partial class NewPasskeyPage(
    AccountForms forms, SignedInCustomer customer, UserManager<CustomerAccount> accounts, OwnPasskeys<CustomerAccount> passkeys, NavigationManager navigation)
{
    public const string Address = $"{AccountPage.Address}/passkeys/new";

    public const string NameField = "name";

    public const string PasswordField = "password";

    private const string FormName = "new-passkey";

    private CustomerAccount? _account;
    private string? _refusal;
    private string? _nameFault;

    [SupplyParameterFromForm(FormName = FormName)] public MakingForm? Making { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _account = await customer.WhoAsync() is { } who ? await accounts.GetUserAsync(who) : null;
        if (_account is null)
        {
            navigation.NavigateTo(CustomerSignInPage.AddressToReturn(Address));
        }
    }

    private async Task KeepAsync()
    {
        if (_account is null)
        {
            return;
        }

        _refusal = await forms.RefusalAsync(Http);
        if (_refusal is not null)
        {
            return;
        }

        if (!PasskeyName.TryRead(Making?.Name, out var name))
        {
            _nameFault = Words.NameFault();
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        else if (await passkeys.AddAsync(_account, name, Making!.Answer) is { } fault)
        {
            _refusal = Words.Of(fault);
            Http.Response.StatusCode = fault.Status();
        }
        else
        {
            SeeOther.Instead(Http.Response);
            navigation.NavigateTo(AccountPage.AddressAfter(PasskeyChange.Added));
        }
    }

    /// <summary>What it is to be called, the account's password once more (for the offer), and what the browser made.</summary>
    public sealed class MakingForm
    {
        public string? Name { get; set; }

        public string? Password { get; set; }

        public PasskeyAnswer Answer { get; set; } = new();
    }
}
