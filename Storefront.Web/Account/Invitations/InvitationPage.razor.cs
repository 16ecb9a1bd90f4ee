using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace Storefront.Web.Account.Invitations;

/// <summary>Where an invitation's link leads: whoever has it chooses name and password, and is in.</summary>
public sealed partial class InvitationPage(StaffInvitations invitations, IAntiforgery antiforgery, NavigationManager navigation)
{
    public const string Address = "/invitation";

    private const string FormName = "invitation";

    private StaffRole? _role;
    private string? _nameFault;
    private string? _passwordFault;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    /// <summary>The link, as it was handed over.</summary>
    [SupplyParameterFromQuery(Name = "link")] public string? Link { get; set; }

    /// <summary>The link, as the page posts it.</summary>
    [SupplyParameterFromForm(FormName = FormName, Name = "Link")] public string? Sent { get; set; }

    [SupplyParameterFromForm(FormName = FormName)] public string? Name { get; set; }

    [SupplyParameterFromForm(FormName = FormName)] public string? Password { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _role = await invitations.RoleOfAsync(Sent ?? Link, Http.RequestAborted);
        if (_role is null)
        {
            Http.Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    private async Task JoinAsync()
    {
        if (_role is null)
        {
            return;
        }

        if (!await antiforgery.IsRequestValidAsync(Http))
        {
            Refuse(StatusCodes.Status400BadRequest, null, "This page had grown old, so nothing was sent on. Enter the password once more.");
            return;
        }

        switch (await invitations.JoinAsync(Sent, Name, Password))
        {
            case { Member: { } member }:
                await Http.SignInAsync(StaffSessions.Begin(member));
                navigation.NavigateTo(ReturnUrl.Default);
                break;
            case { NameFault: null, PasswordFault: null }:
                // Somebody was faster, in another tab for example.
                _role = null;
                Http.Response.StatusCode = StatusCodes.Status410Gone;
                break;
            case var faults:
                Refuse(StatusCodes.Status422UnprocessableEntity, faults.NameFault, faults.PasswordFault);
                break;
        }
    }

    private void Refuse(int status, string? nameFault, string? passwordFault)
    {
        Http.Response.StatusCode = status;
        (_nameFault, _passwordFault) = (nameFault, passwordFault);
    }
}
