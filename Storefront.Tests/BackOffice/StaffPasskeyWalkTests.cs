using Microsoft.Playwright;
using Storefront.Tests.Browser;
using Storefront.Tests.Passkeys;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.BackOffice;

/// <summary>A member of the staff whose laptop knows them.</summary>
public sealed class A_member_with_a_passkey(Chromium chromium)
{
    [Fact]
    public async Task Makes_it_comes_in_by_it_and_removes_it()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.OnLocalhost());
        var (device, faults) = (await VirtualDevice.OpenAsync(staff), new List<string>());
        await device.PlugInAsync();
        await staff.OpenOfficeAsync("/backoffice/me");
        await staff.Link("Add a passkey").ClickAsync();
        await staff.Page.ArrivesAtAsync("^/backoffice/me/passkeys/new$");
        await staff.Page.GetByLabel("Its name").FillAsync("Laptop");
        await staff.Page.GetByLabel("Your password").FillAsync("wrong");
        await staff.Button("Make it").ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That is not your present password");
        await LookAsync(staff, "a passkey that is not offered", faults);
        await staff.Page.GetByLabel("Your password").FillAsync(TestShop.StaffPassword);
        await staff.Button("Make it").ClickAsync();
        await Expect(staff.Page.GetByText("Your passkey is there.")).ToBeVisibleAsync();
        await LookAsync(staff, "the card of passkeys", faults);

        await staff.Button("Sign out").ClickAsync();
        await staff.Button("Sign in with a passkey").WaitForAsync();
        await LookAsync(staff, "the sign-in", faults);
        await staff.Button("Sign in with a passkey").ClickAsync();
        // The office, or the page that was open when they signed out.
        await staff.Page.ArrivesAtAsync("^/backoffice");
        await staff.Button("Sign out").ClickAsync();
        await staff.Button("Sign in with a passkey").WaitForAsync();
        await staff.GoAsync($"/signin?returnUrl=/backoffice/me&{VirtualDevice.Offered}");
        await staff.Page.ArrivesAtAsync("^/backoffice/me$");

        await staff.OpenOfficeAsync("/backoffice/me");
        await staff.Button("Change Laptop").ClickAsync();
        await LookAsync(staff, "a passkey that is chosen", faults);
        await staff.Button("Remove it").ClickAsync();
        await staff.Page.ArrivesAtAsync("^/signin");
        faults.ShouldBeEmpty();
    }

    private static async Task LookAsync(Visitor staff, string what, List<string> faults)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await staff.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            // Colours fade from one scheme to the other.
            await staff.Page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished))");
            faults.AddRange((await staff.Page.AccessibilityFaultsAsync()).Select(fault => $"{what}, {scheme}: {fault}"));
        }
    }
}
