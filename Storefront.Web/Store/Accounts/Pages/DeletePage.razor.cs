using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Storefront.Web.Store.Accounts.Data;

namespace Storefront.Web.Store.Accounts.Pages;

/// <summary>
/// Where an account ends, after its page has said what that means: the account goes with everything it has; its orders stay, being the shop's books,
/// and belong to no account any more. The password is asked for once more, since a browser left alone is signed in, too.
/// </summary>
public sealed partial class DeletePage(
    AccountForms forms, SignedInCustomer customer, UserManager<CustomerAccount> accounts, SignInManager<CustomerAccount> signIn, NavigationManager navigation)
{
    public const string Address = $"{AccountPage.Address}/delete";

    private const string FormName = "delete-account";

    private CustomerAccount? _account;
    private string? _refusal;
    private string? _fault;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = FormName)] private DeleteForm? Form { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _account = await customer.WhoAsync() is { } who ? await accounts.GetUserAsync(who) : null;
        if (_account is null)
        {
            navigation.NavigateTo(CustomerSignInPage.AddressToReturn(Address));
        }
    }

    private async Task DeleteAsync()
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

        // Guesses count here as they do at the sign-in.
        if (Form?.Password is not { Length: > 0 and <= ChosenPassword.Most } password
            || !(await signIn.CheckPasswordSignInAsync(_account, password, lockoutOnFailure: true)).Succeeded)
        {
            _fault = Words["account.delete.wrong"];
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return;
        }

        if (!(await accounts.DeleteAsync(_account)).Succeeded)
        {
            // Changed meanwhile, in another browser for example.
            _refusal = Words["account.old"];
            Http.Response.StatusCode = StatusCodes.Status409Conflict;
            return;
        }

        await signIn.SignOutAsync();
        SeeOther.Instead(Http.Response);
        navigation.NavigateTo(CustomerSignInPage.AddressAfterDeleting);
    }

    /// <summary>The password, once more.</summary>
    public sealed class DeleteForm
    {
        public string? Password { get; set; }
    }
}
