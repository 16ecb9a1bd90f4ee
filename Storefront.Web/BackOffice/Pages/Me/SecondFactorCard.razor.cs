using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Me;

/// <summary>Sets up a member's authenticator and turns it on and off. The key is this page's until a code has proved that a phone has it.</summary>
public sealed partial class SecondFactorCard(OwnAccount own, StaffActs acts, IOptions<ShopOptions> shop)
{
    private string? _key;
    private string? _code;
    private string? _password;
    private string? _fault;
    private bool _busy;
    private IReadOnlyList<string> _codes = [];
    private ElementReference _said;

    [Parameter, EditorRequired] public required OwnFacts Facts { get; set; }

    /// <summary>Told when something has changed.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>As people type it, four letters at a time.</summary>
    private static string Spaced(string key) => string.Join(' ', key.Chunk(4).Select(part => new string(part)));

    /// <summary>As authenticator apps read it: the "Key Uri Format" of Google Authenticator, which all of them know.</summary>
    private string Address(string key)
    {
        var issuer = Uri.EscapeDataString(shop.Value.Name);
        return $"otpauth://totp/{issuer}:{Uri.EscapeDataString(Facts.Name)}?secret={key}&issuer={issuer}&digits=6";
    }

    private async Task BeginAsync()
    {
        (_key, _code, _fault) = (await own.NewKeyAsync(), null, null);
    }

    private async Task Forget()
    {
        (_key, _code, _password, _fault, _codes) = (null, null, null, null, []);
        await OnChanged.InvokeAsync();
    }

    private Task TryAsync() => ActAsync(me => ShowAsync(own.TryKeyAsync(me, _key!, _code)));

    private Task TurnOnAsync() => ActAsync(own.TurnOnAsync);

    private Task TurnOffAsync() => ActAsync(me => own.TurnOffAsync(me, _password));

    private Task RenewAsync() => ActAsync(me => ShowAsync(own.RenewCodesAsync(me, _password)));

    private async Task<string?> ShowAsync(Task<RecoveryCodes> making)
    {
        var made = await making;
        if (made.Refusal is null)
        {
            _codes = made.Codes;
        }

        return made.Refusal;
    }

    private async Task ActAsync(Func<string, Task<string?>> act)
    {
        _busy = true;
        _fault = await acts.TryAsync(OfficePolicy.View, "change a second factor", act);
        _busy = false;
    }
}
