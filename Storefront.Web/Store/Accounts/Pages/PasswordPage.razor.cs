using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Storefront.Web.Passkeys;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.MyOrders;

namespace Storefront.Web.Store.Accounts.Pages;

/// <summary>
/// Where a mailed link leads: its reader chooses a password, and with that the account begins, or goes on with another one and without its other sessions.
/// Its passkeys go with the old password unless the reader, seeing their names, keeps them: a stranger who knew the password may have added one.
/// Nobody can have chosen one before who does not read the address's mail.
/// </summary>
public sealed partial class PasswordPage(
    AccountLinks links, AccountForms forms, UserManager<CustomerAccount> accounts, SignInManager<CustomerAccount> signIn,
    AccountsDb db, TimeProvider time, NavigationManager navigation)
{
    public const string Address = $"{AccountPage.Address}/password";

    private const string FormName = "password";

    private AccountLink? _link;
    private CustomerAccount? _account;
    private IReadOnlyList<UserPasskeyInfo> _passkeys = [];
    private string? _email;
    private string? _refusal;
    private string? _fault;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = FormName)] private PasswordForm? Form { get; set; }

    /// <summary>The link, as it was mailed.</summary>
    [SupplyParameterFromQuery] private string? Link { get; set; }

    private string Title => _link is null ? "account.link.title" : "account.password.title";

    protected override async Task OnInitializedAsync()
    {
        switch (links.Read(Form?.Link ?? Link))
        {
            case AccountLink.Open open when await accounts.FindByEmailAsync(open.Email) is null:
                (_link, _email) = (open, open.Email);
                break;
            case AccountLink.Reset reset when await accounts.FindByIdAsync(reset.Account.ToString()) is { } account && await IsGoodAsync(account, reset.Token):
                (_link, _account, _email) = (reset, account, account.Email);
                _passkeys = await accounts.ListPasskeysAsync(account);
                break;
            default:
                // Never made, run out, or used: what it leads to is not there any more.
                Http.Response.StatusCode = StatusCodes.Status410Gone;
                break;
        }
    }

    private Task<bool> IsGoodAsync(CustomerAccount account, string token) =>
        accounts.VerifyUserTokenAsync(account, accounts.Options.Tokens.PasswordResetTokenProvider, UserManager<CustomerAccount>.ResetPasswordTokenPurpose, token);

    private async Task ChooseAsync()
    {
        if (_link is null)
        {
            return;
        }

        _refusal = await forms.RefusalAsync(Http);
        if (_refusal is not null)
        {
            return;
        }

        var password = Form?.Password ?? "";
        _fault = ChosenPassword.FaultIn(password, Words);
        if (_fault is not null)
        {
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        else if (await KeepAsync(password) is { } account)
        {
            await signIn.SignInAsync(account, isPersistent: true);
            SeeOther.Instead(Http.Response);
            navigation.NavigateTo(MyOrdersPage.Address);
        }
        else
        {
            // Somebody was faster, in another tab for example.
            _link = null;
            Http.Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    /// <summary>The account with its new password; null: the link has been used meanwhile.</summary>
    private async Task<CustomerAccount?> KeepAsync(string password)
    {
        if (_link is AccountLink.Reset reset)
        {
            if (!Form!.KeepsPasskeys)
            {
                // First, and all at once: whoever adds or uses one meanwhile changes the account, and the password is not taken then.
                await db.UserPasskeys.Where(p => p.UserId == _account!.Id).ExecuteDeleteAsync();
            }

            if (!(await accounts.ResetPasswordAsync(_account!, reset.Token, password)).Succeeded)
            {
                return null;
            }

            // Whoever reads its mail is no guesser.
            await accounts.SetLockoutEndDateAsync(_account!, null);
            await accounts.ResetAccessFailedCountAsync(_account!);
            return _account;
        }

        var account = new CustomerAccount { UserName = _email, Email = _email, EmailConfirmed = true, CreatedAt = time.GetUtcNow() };
        try
        {
            return (await accounts.CreateAsync(account, password)).Succeeded ? account : null;
        }
        catch (DbUpdateException)
        {
            // The database's unique index is the judge of two at once.
            return null;
        }
    }

    /// <summary>The link once more, and the password.</summary>
    public sealed class PasswordForm
    {
        public string? Link { get; set; }

        public string? Password { get; set; }

        /// <summary>Whether the account's passkeys stay.</summary>
        public bool KeepsPasskeys { get; set; }
    }
}
