using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Storefront.Web.Passkeys;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.Accounts.Passkeys;
using Storefront.Web.Store.MyOrders;

namespace Storefront.Web.Store.Accounts.Pages;

/// <summary>
/// Where customers sign in. A wrong password, an address without an account and an account that rests after too many tries are one answer, and take as long:
/// one password is hashed either way. A passkey says by itself whose it is, and opens an account that rests, too: nobody guesses one.
/// </summary>
public sealed partial class CustomerSignInPage(
    AccountForms forms, SignedInCustomer customer, UserManager<CustomerAccount> accounts, SignInManager<CustomerAccount> signIn, IPasswordHasher<CustomerAccount> hasher,
    PasskeyCeremonies<CustomerAccount> passkeys, NavigationManager navigation)
{
    public const string Address = $"{AccountPage.Address}/signin";

    public const string AddressAfterLeaving = $"{Address}?left=1";

    public const string AddressAfterDeleting = $"{Address}?gone=1";

    private const string FormName = "customer-signin";
    private const string PasskeyFormName = "customer-passkey";

    private static string? _anybodysHash;

    private string? _refusal;
    private string? _emailFault;
    private string? _passwordFault;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = FormName)] private SignInForm? Form { get; set; }

    [SupplyParameterFromForm(FormName = PasskeyFormName)] private PasskeyForm? Proof { get; set; }

    /// <summary>Where to go on; a page of this shop or none.</summary>
    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    /// <summary>Set after signing out.</summary>
    [SupplyParameterFromQuery] private string? Left { get; set; }

    /// <summary>Set after the account was deleted.</summary>
    [SupplyParameterFromQuery] private string? Gone { get; set; }

    private bool IsPosted => HttpMethods.IsPost(Http.Request.Method);

    private string? Back => Form?.Back ?? Proof?.Back ?? ReturnUrl;

    private string? Said => IsPosted ? null : Left is not null ? Words["account.left"] : Gone is not null ? Words["account.gone"] : null;

    public static string AddressToReturn(string page) => $"{Address}?returnUrl={Uri.EscapeDataString(page)}";

    protected override async Task OnInitializedAsync()
    {
        if (!IsPosted && await customer.EmailAsync() is not null)
        {
            navigation.NavigateTo(OwnPage.Or(ReturnUrl, AccountPage.Address));
        }
    }

    private async Task SignInAsync()
    {
        _refusal = await forms.RefusalAsync(Http);
        if (_refusal is not null)
        {
            return;
        }

        var isAddress = TypedAddress.TryRead(Form?.Email, out var email);
        var password = Form?.Password ?? "";
        (_emailFault, _passwordFault) = (isAddress ? null : Words["account.email.wrong"], password.Length > 0 ? null : Words["account.password.blank"]);
        if (_emailFault is not null || _passwordFault is not null)
        {
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        else if (password.Length <= ChosenPassword.Most && await ProveAsync(email, password) is { } account)
        {
            await EnterAsync(account);
        }
        else
        {
            _refusal = Words["account.signin.wrong"];
            Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    private async Task SignInByPasskeyAsync()
    {
        _refusal = await forms.RefusalAsync(Http);
        if (_refusal is not null)
        {
            return;
        }

        var (account, fault) = await passkeys.UsedAsync(Proof?.Answer ?? new());
        if (account is not null && await signIn.CanSignInAsync(account))
        {
            await EnterAsync(account);
            return;
        }

        var why = fault ?? PasskeyFault.Unknown;
        _refusal = Words.Of(why);
        Http.Response.StatusCode = why.Status();
    }

    private async Task EnterAsync(CustomerAccount account)
    {
        await signIn.SignInAsync(account, isPersistent: true);
        SeeOther.Instead(Http.Response);
        navigation.NavigateTo(OwnPage.Or(Back, MyOrdersPage.Address));
    }

    /// <summary>The account whose address and password these are; null: they are none's, or it rests.</summary>
    private async Task<CustomerAccount?> ProveAsync(string email, string password)
    {
        if (await accounts.FindByEmailAsync(email) is { } account && !await accounts.IsLockedOutAsync(account))
        {
            return (await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true)).Succeeded ? account : null;
        }

        var nobody = new CustomerAccount();
        hasher.VerifyHashedPassword(nobody, _anybodysHash ??= hasher.HashPassword(nobody, "nobody's password"), password);
        return null;
    }

    /// <summary>Address, password, and where to go on.</summary>
    public sealed class SignInForm
    {
        public string? Email { get; set; }

        public string? Password { get; set; }

        public string? Back { get; set; }
    }
    /// <summary>What the browser made of a passkey, and where to go on.</summary>
    public sealed class PasskeyForm
    {
        public PasskeyAnswer Answer { get; set; } = new();

        public string? Back { get; set; }
    }
}
