using Microsoft.AspNetCore.Components;

namespace Storefront.Web.Store.Accounts.Pages;

/// <summary>
/// Where somebody types the address to which a link is sent: to begin an account, or to choose another password. The answer is one and the same whether the address
/// has an account or not; who reads its mail learns more.
/// </summary>
public sealed partial class MailedLinkPage(AccountPost post, AccountForms forms, NavigationManager navigation)
{
    public const string AddressToRegister = $"{AccountPage.Address}/register";

    public const string AddressWhenForgotten = $"{AccountPage.Address}/forgot";

    private const string FormName = "mailed-link";

    private string _address = AddressToRegister;
    private string? _refusal;
    private string? _fault;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = FormName)] private AddressForm? Form { get; set; }

    /// <summary>Set once the form was taken.</summary>
    [SupplyParameterFromQuery] private string? Sent { get; set; }

    private AccountWish Wish => _address == AddressToRegister ? AccountWish.Register : AccountWish.Forgot;

    private string Area => Wish == AccountWish.Register ? "register" : "forgot";

    protected override void OnInitialized() =>
        _address = Http.Request.Path.StartsWithSegments(AddressWhenForgotten, StringComparison.OrdinalIgnoreCase) ? AddressWhenForgotten : AddressToRegister;

    private async Task SendAsync()
    {
        _refusal = await forms.RefusalAsync(Http);
        if (_refusal is not null)
        {
            return;
        }

        if (!TypedAddress.TryRead(Form?.Email, out var email))
        {
            _fault = Words["account.email.wrong"];
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        else if (!post.TryAsk(new(Wish, email, Words.Language)))
        {
            _refusal = Words["account.busy"];
            Http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else
        {
            SeeOther.Instead(Http.Response);
            navigation.NavigateTo($"{_address}?sent=1");
        }
    }

    /// <summary>The address.</summary>
    public sealed class AddressForm
    {
        public string? Email { get; set; }
    }
}
