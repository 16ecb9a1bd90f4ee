using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;

namespace Storefront.Web.Account.Invitations;

/// <summary>Where a manager's link leads that lets a member choose another password. They sign in afterwards, with their second factor where they have one.</summary>
public sealed partial class NewPasswordPage(PasswordLinks links, IAntiforgery antiforgery, NavigationManager navigation)
{
    public const string Address = $"{SignInPage.Address}/password";

    private const string FormName = "new-password";

    private string? _name;
    private string? _fault;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    /// <summary>The link, as it was handed over.</summary>
    [SupplyParameterFromQuery(Name = "link")] public string? Link { get; set; }

    /// <summary>The link, as the page posts it.</summary>
    [SupplyParameterFromForm(FormName = FormName, Name = "Link")] public string? Sent { get; set; }

    [SupplyParameterFromForm(FormName = FormName)] public string? Password { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _name = await links.NameAsync(Sent ?? Link);
        if (_name is null)
        {
            Http.Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    private async Task ChooseAsync()
    {
        if (_name is null)
        {
            return;
        }

        if (!await antiforgery.IsRequestValidAsync(Http))
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            _fault = "This page had grown old, so nothing was sent on. Enter the password once more.";
            return;
        }

        switch (await links.ChooseAsync(Sent, Password))
        {
            case { Member: not null }:
                navigation.NavigateTo(SignInPage.Address);
                break;
            case { PasswordFault: { } fault }:
                Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                _fault = fault;
                break;
            default:
                // Somebody was faster, in another tab for example.
                _name = null;
                Http.Response.StatusCode = StatusCodes.Status410Gone;
                break;
        }
    }
}
