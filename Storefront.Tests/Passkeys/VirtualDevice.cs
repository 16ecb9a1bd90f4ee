using Microsoft.Playwright;
using Storefront.Tests.Browser;

namespace Storefront.Tests.Passkeys;

/// <summary>Chromium's virtual authenticator: a device with a holder, in a tab of a test's.</summary>
internal sealed class VirtualDevice
{
    /// <summary>A page with this in its query offers passkeys in its field, too.</summary>
    public const string Offered = "offered=1";

    private readonly ICDPSession _browser;
    private string? _id;

    private VirtualDevice(ICDPSession browser) => _browser = browser;

    /// <summary>Makes a tab ready for one; <see cref="PlugInAsync"/> puts it there.</summary>
    public static async Task<VirtualDevice> OpenAsync(Visitor visitor)
    {
        var browser = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await browser.SendAsync("WebAuthn.enable");
        // A device of a test chooses at once whatever its browser offers in a field; so that is offered only where the test says so.
        await visitor.Page.AddInitScriptAsync($"if (!location.search.includes('{Offered}')) PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        return new(browser);
    }

    public async Task PlugInAsync()
    {
        var added = await _browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        _id = added!.Value.GetProperty("authenticatorId").GetString()!;
    }

    /// <summary>Whether its holder is there to be recognised.</summary>
    public async Task HoldAsync(bool isHeld) =>
        await _browser.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object> { ["authenticatorId"] = _id!, ["isUserVerified"] = isHeld });
}
