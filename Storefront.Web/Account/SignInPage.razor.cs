using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Storefront.Web.Account.Data;
using Storefront.Web.Account.Passkeys;
using Storefront.Web.Passkeys;

namespace Storefront.Web.Account;

/// <summary>Where the staff signs in: 403 for a wrong password or code, 429 after too many, on to the page asked for otherwise.</summary>
public sealed partial class SignInPage(StaffSignIn signIn, SignInLimit limit, IAntiforgery antiforgery, NavigationManager navigation)
{
    public const string Address = "/signin";

    private string? _fault;
    private string? _ticket;

    [CascadingParameter] public HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")] public string? Wanted { get; set; }

    [SupplyParameterFromForm(FormName = "signin")] public string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "signin")] public string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "signin-code")] public string? Ticket { get; set; }

    [SupplyParameterFromForm(FormName = "signin-code")] public string? Code { get; set; }

    [SupplyParameterFromForm(FormName = "signin-passkey")] public PasskeyAnswer? Proof { get; set; }

    private string Again => Wanted is null ? Address : $"{Address}?returnUrl={Uri.EscapeDataString(Wanted)}";

    protected override void OnInitialized()
    {
        // A form that is posted has to be on the page before anything is done with it.
        _ticket = Ticket;
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            navigation.NavigateTo(ReturnUrl.Local(Wanted));
        }
    }

    private async Task SignInAsync()
    {
        if (!await TryEnterAsync("Enter the password once more."))
        {
            return;
        }

        switch (await signIn.WithPasswordAsync(Name, Password))
        {
            case SignInStep.Proved { Member: var member }:
                await GoInAsync(member);
                break;
            case SignInStep.NeedsCode { Ticket: var ticket }:
                _ticket = ticket;
                break;
            default:
                Refuse(StatusCodes.Status403Forbidden, "That name and password do not go together. Check for a slipped key and try again.");
                break;
        }
    }

    private async Task GiveCodeAsync()
    {
        if (!await TryEnterAsync("Enter the code once more."))
        {
            return;
        }

        switch (await signIn.WithCodeAsync(Ticket, Code))
        {
            case SignInStep.Proved { Member: var member }:
                await GoInAsync(member);
                break;
            case null:
                _ticket = null;
                Refuse(StatusCodes.Status403Forbidden, "That took too long, or something changed meanwhile. Begin again with your password.");
                break;
            default:
                Refuse(StatusCodes.Status403Forbidden, "That is not the code. Each code is good once, and for a minute or so; take the next one.");
                break;
        }
    }

    private async Task GoInByPasskeyAsync()
    {
        if (!await TryEnterAsync("Try once more."))
        {
            return;
        }

        var (member, fault) = await signIn.WithPasskeyAsync(Proof ?? new());
        if (member is not null)
        {
            await GoInAsync(member);
        }
        else if (fault is { } why)
        {
            Refuse(why.Status(), PasskeySentences.Of(why));
        }
    }

    private async Task<bool> TryEnterAsync(string again)
    {
        if (limit.HoldAttempt(HttpContext) is { } hold)
        {
            _fault = hold;
            return false;
        }

        if (!await antiforgery.IsRequestValidAsync(HttpContext))
        {
            Refuse(StatusCodes.Status400BadRequest, $"This page had grown old, so nothing was sent on. {again}");
            return false;
        }

        return true;
    }

    private async Task GoInAsync(StaffMember member)
    {
        await HttpContext.SignInAsync(StaffSessions.Begin(member));
        navigation.NavigateTo(ReturnUrl.Local(Wanted));
    }

    private void Refuse(int status, string fault)
    {
        HttpContext.Response.StatusCode = status;
        _fault = fault;
    }
}
