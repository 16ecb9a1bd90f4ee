using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Storefront.Web.Account.Data;
using Storefront.Web.BackOffice;
using Storefront.Web.Passkeys;

namespace Storefront.Web.Account.Passkeys;

/// <summary>
/// Where a member of the staff gets a passkey. The script asks for an offer with the form as it is (<see cref="StaffPasskeyOffers"/>), the browser makes a passkey of it, and
/// the form comes here with that.
/// </summary>
public sealed partial class NewStaffPasskeyPage(
    IAntiforgery antiforgery, StaffMembers members, PasskeyCeremonies<StaffMember> ceremonies, StaffPasskeys passkeys, NavigationManager navigation)
{
    public const string Address = $"{OfficeAddress.Me}/passkeys/new";

    internal const string NameId = "name";
    internal const string PasswordId = "password";
    internal const string NameField = nameof(Name);
    internal const string PasswordField = "Password";

    private const string FormName = "new-staff-passkey";

    private string? _fault;

    [CascadingParameter] public HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromForm(FormName = FormName)] public string? Name { get; set; }

    [SupplyParameterFromForm(FormName = FormName)] public PasskeyAnswer? Answer { get; set; }

    private async Task KeepAsync()
    {
        if (HttpContext.User.Identity?.Name is not { } me || await members.FindByNameAsync(me) is not { } member)
        {
            return;
        }

        var (made, fault) = await antiforgery.IsRequestValidAsync(HttpContext)
            ? await ceremonies.MadeAsync(member, Answer ?? new())
            : (null, PasskeyFault.Stale);
        if (made is null)
        {
            var why = fault ?? PasskeyFault.Refused;
            (_fault, HttpContext.Response.StatusCode) = (PasskeySentences.Of(why), why.Status());
            return;
        }

        _fault = await passkeys.KeepAsync(me, Name, made);
        if (_fault is not null)
        {
            HttpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return;
        }

        navigation.NavigateTo($"{OfficeAddress.Me}?passkey=added");
    }
}
