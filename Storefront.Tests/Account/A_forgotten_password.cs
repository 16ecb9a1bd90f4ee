using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Tests.Store;
using Storefront.Web.Account;
using Storefront.Web.Account.Data;
using Storefront.Web.Account.Invitations;
using Storefront.Web.Account.Passkeys;

namespace Storefront.Tests.Account;

/// <summary>A manager hands over a link, and with it the member chooses another password, once.</summary>
public sealed class A_forgotten_password : IAsyncLifetime
{
    private const string Another = "five magpies in a row";

    private TestShop _shop = null!;
    private StaffMember _holly = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await TestShop.OpenAsync();
        _holly = await _shop.HireAsync("Holly", StaffRole.Operator);
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Is_replaced_once_by_the_links_bearer()
    {
        await _shop.GivePasskeysAsync("Holly", "Somebody's laptop");
        var link = await MakeAsync();
        var (_, open) = await _shop.Client.OpenAsync(link);
        using var tooShort = await PostAsync(open, "short");
        tooShort.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var chosen = await PostAsync(open, Another);
        chosen.StatusCode.ShouldBe(HttpStatusCode.Found);

        using var again = await PostAsync(open, "six crows on a wire");
        again.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await _shop.Client.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        using var signedIn = await _shop.NewClient().SignInAsync(Another, name: "Holly");
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await _shop.Services.GetRequiredService<StaffPasskeys>().ListAsync("Holly")).ShouldBeEmpty("a stranger who knew the old one may have added one");
    }

    [Fact]
    public async Task Is_not_replaced_once_its_member_is_shut_out()
    {
        var link = await MakeAsync();
        (await _shop.Services.GetRequiredService<StaffBook>().ShutOutAsync(_holly.Id, FirstManager.Name)).ShouldBeNull();
        (await _shop.Client.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await _shop.Services.GetRequiredService<PasswordLinks>().MakeAsync(_holly.Id, FirstManager.Name)).Refusal.ShouldNotBeNull();
    }

    private async Task<string> MakeAsync() => (await _shop.Services.GetRequiredService<PasswordLinks>().MakeAsync(_holly.Id, FirstManager.Name)).Path.ShouldNotBeNull();

    private Task<HttpResponseMessage> PostAsync(IHtmlDocument page, string password) => _shop.Client.PostAsync(
        page, "/signin/password", ("_handler", "new-password"), ("Link", ((IHtmlInputElement)page.QuerySelector("input[name=Link]")!).Value), ("Password", password));
}
