using System.Net;

namespace Storefront.Tests.Account;

public sealed class Signing_in : IAsyncLifetime
{
    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("/backoffice", "/backoffice")]
    [InlineData("/backoffice/orders?attention=true", "/backoffice/orders?attention=true")]
    [InlineData(null, "/backoffice")]
    public async Task With_the_password_leads_to_the_page_asked_for(string? asked, string expected)
    {
        using var answer = await _shop.Client.SignInAsync(TestShop.StaffPassword, asked);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location.ShouldNotBeNull().ToString().ShouldEndWith(expected);

        using var page = await _shop.Client.GetAsync(answer.Headers.Location, Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Sets_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using var answer = await _shop.Client.SignInAsync(TestShop.StaffPassword);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("storefront.staff=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task With_another_password_is_refused_on_the_same_page()
    {
        using var answer = await _shop.Client.SignInAsync("carrots-at-dusk-42");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("That name and password do not go together");
        (await IsInsideAsync(_shop.Client)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("~/backoffice")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    public async Task Never_leads_to_another_site(string asked)
    {
        using var answer = await _shop.Client.SignInAsync(TestShop.StaffPassword, asked);
        answer.Headers.Location.ShouldNotBeNull().ToString().ShouldBe(new Uri(_shop.Address, "backoffice").ToString());
    }

    [Fact]
    public async Task Is_held_up_after_five_attempts_in_a_minute_even_with_the_right_password()
    {
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await _shop.Client.SignInAsync("carrots-at-dusk-42");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var right = await _shop.Client.SignInAsync(TestShop.StaffPassword);
        right.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        right.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await right.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Too many attempts from your address");
        (await IsInsideAsync(_shop.Client)).ShouldBeFalse();
    }

    [Fact]
    public async Task From_a_page_without_its_token_asks_once_more()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "signin", ["Password"] = TestShop.StaffPassword });
        using var answer = await _shop.Client.PostAsync(new Uri("/signin", UriKind.Relative), form, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Enter the password once more");
        (await IsInsideAsync(_shop.Client)).ShouldBeFalse();
    }

    [Fact]
    public async Task Twice_goes_straight_on()
    {
        await _shop.Client.SignedInAsync();
        using var again = await _shop.Client.GetAsync(new Uri("/signin?returnUrl=/backoffice/statistics", UriKind.Relative), Cancellation);
        again.StatusCode.ShouldBe(HttpStatusCode.Found);
        again.Headers.Location.ShouldNotBeNull().ToString().ShouldEndWith("/backoffice/statistics");
    }

    [Fact]
    public async Task And_out_ends_the_session_for_a_copy_of_the_cookie_too()
    {
        using var signIn = await _shop.Client.SignInAsync(TestShop.StaffPassword);
        using var copy = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _shop.Address };
        copy.DefaultRequestHeaders.Add("Cookie", signIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("storefront.staff=", StringComparison.Ordinal)).Split(';')[0]);

        using var fromAnotherSite = await copy.PostAsync(new Uri("/signout", UriKind.Relative), null, Cancellation);
        fromAnotherSite.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await IsInsideAsync(copy)).ShouldBeTrue();

        var page = await _shop.Client.GetStringAsync(new Uri("/backoffice", UriKind.Relative), Cancellation);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = SignInCalls.TokenIn(page) });
        using var signedOut = await _shop.Client.PostAsync(new Uri("/signout", UriKind.Relative), form, Cancellation);
        signedOut.Headers.Location.ShouldNotBeNull().ToString().ShouldBe("/signin");
        (await IsInsideAsync(_shop.Client)).ShouldBeFalse();
        (await IsInsideAsync(copy)).ShouldBeFalse();
    }

    private static async Task<bool> IsInsideAsync(HttpClient client)
    {
        using var page = await client.GetAsync(new Uri("/backoffice", UriKind.Relative), Cancellation);
        return page.StatusCode == HttpStatusCode.OK;
    }
}
