using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace Storefront.Web.Account;

/// <summary>Where the staff signs in: 403 for a wrong password, 429 after too many, on to the page asked for otherwise.</summary>
public sealed partial class SignInPage(
    StaffPassword password, StaffSessions sessions, SignInLimit limit, IAntiforgery antiforgery, NavigationManager navigation)
{
    private string? _fault;

    [CascadingParameter] public HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")] public string? Wanted { get; set; }

    [SupplyParameterFromForm(FormName = "signin")] public string? Password { get; set; }

    protected override void OnInitialized()
    {
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            navigation.NavigateTo(ReturnUrl.Local(Wanted));
        }
    }

    private async Task SignInAsync()
    {
        if (!limit.TryEnter(HttpContext.Connection.RemoteIpAddress, out var wait))
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            Refuse(StatusCodes.Status429TooManyRequests, $"Too many attempts from your address. Try again in {seconds} seconds.");
        }
        else if (!await antiforgery.IsRequestValidAsync(HttpContext))
        {
            Refuse(StatusCodes.Status400BadRequest, "This page had grown old, so nothing was sent on. Enter the password once more.");
        }
        else if (!password.Verify(Password ?? ""))
        {
            Refuse(StatusCodes.Status403Forbidden, "That is not the staff password. Check for a slipped key and try again.");
        }
        else
        {
            await HttpContext.SignInAsync(sessions.Begin());
            navigation.NavigateTo(ReturnUrl.Local(Wanted));
        }
    }

    private void Refuse(int status, string fault)
    {
        HttpContext.Response.StatusCode = status;
        _fault = fault;
    }
}
