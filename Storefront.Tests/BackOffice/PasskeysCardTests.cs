using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Storefront.Tests.Account;
using Storefront.Web.Account;
using Storefront.Web.Account.Passkeys;
using Storefront.Web.BackOffice.Pages.Me;

namespace Storefront.Tests.BackOffice;

public sealed class The_card_of_a_members_passkeys : BunitContext, IAsyncLifetime
{
    private const string Me = "Holly";

    private TestShop _shop = null!;
    private Holly _holly = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await TestShop.OpenAsync();
        await _shop.HireAsync(Me, StaffRole.Viewer);
        await _shop.GivePasskeysAsync(Me, "Laptop", "<b>Phone");
        _holly = Services.AddStaff(StaffRole.Viewer);
        Services.AddMudServices();
        Services.AddSingleton(_shop.Services.GetRequiredService<StaffPasskeys>());
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Names_them_and_gives_one_another_name()
    {
        var card = await OpenAsync();
        Names(card).ShouldBe(["Laptop", "<b>Phone"], ignoreOrder: true);
        card.Find("[role=status]").TextContent.ShouldStartWith("Your passkey is there.");

        await card.Find("button[aria-label='Change Laptop']").ClickAsync(new());
        await card.Find("input").ChangeAsync(new() { Value = "" });
        await card.Find("form").SubmitAsync();
        card.Find("[role=alert]").TextContent.ShouldStartWith("Give it a name of 1 to 60 characters");
        await card.Find("input").ChangeAsync(new() { Value = "Red laptop" });
        await card.Find("form").SubmitAsync();

        Names(card).ShouldBe(["Red laptop", "<b>Phone"], ignoreOrder: true);
        card.FindAll("[role=alert]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Removes_one()
    {
        var card = await OpenAsync();
        await card.Find("button[aria-label='Change Laptop']").ClickAsync(new());
        await Button(card, "Remove it").ClickAsync(new());
        Names(card).ShouldBe(["<b>Phone"]);
    }

    [Fact]
    public async Task Changes_nothing_once_their_session_has_ended()
    {
        var card = await OpenAsync();
        await card.Find("button[aria-label='Change Laptop']").ClickAsync(new());
        _holly.Become(null);
        await Button(card, "Remove it").ClickAsync(new());

        card.Find("[role=alert]").TextContent.ShouldBe("Your session has ended; sign in again. Nothing was changed.");
        (await _shop.Services.GetRequiredService<StaffPasskeys>().ListAsync(Me)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Has_no_room_for_an_eleventh()
    {
        (await OpenAsync()).Find("a").TextContent.ShouldBe("Add a passkey");
        await _shop.GivePasskeysAsync(Me, [.. Enumerable.Range(3, 8).Select(i => $"Key {i}")]);
        var full = await OpenAsync(10);
        full.FindAll("a").ShouldBeEmpty();
        full.Markup.ShouldContain("10 is the most.");
    }

    private async Task<IRenderedComponent<PasskeysCard>> OpenAsync(int count = 2)
    {
        var card = Render<PasskeysCard>(p => p.Add(c => c.Name, Me).Add(c => c.JustAdded, value: true));
        await card.WaitForAssertionAsync(() => card.FindAll(".keys > li").Count.ShouldBe(count), Watching.Bound);
        return card;
    }

    private static IEnumerable<string> Names(IRenderedComponent<PasskeysCard> card) => card.FindAll("bdi").Select(n => n.TextContent);

    private static IElement Button(IRenderedComponent<PasskeysCard> card, string name) => card.FindAll("button").Single(b => b.TextContent.Trim() == name);
}
