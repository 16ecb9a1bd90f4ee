using System.Net;
using System.Text.RegularExpressions;
using Storefront.Web.Account;

namespace Storefront.Tests.Account;

/// <summary>Signing in as a browser does: load the page, send its form.</summary>
internal static partial class SignInCalls
{
    public static async Task<HttpResponseMessage> SignInAsync(this HttpClient client, string password, string? returnUrl = null, string name = FirstManager.Name)
    {
        var address = new Uri(returnUrl is null ? "/signin" : $"/signin?returnUrl={Uri.EscapeDataString(returnUrl)}", UriKind.Relative);
        var page = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "signin",
            ["__RequestVerificationToken"] = TokenIn(page),
            ["Name"] = name,
            ["Password"] = password,
        });
        return await client.PostAsync(address, form, TestContext.Current.CancellationToken);
    }

    /// <summary>Signs in with the password of every test shop.</summary>
    public static async Task SignedInAsync(this HttpClient client)
    {
        using var answer = await client.SignInAsync(TestShop.StaffPassword);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    public static string TokenIn(string page) => Token().Match(page).Groups["token"].Value.ShouldNotBeEmpty();

    private static string ShouldNotBeEmpty(this string text)
    {
        text.ShouldNotBeNullOrEmpty("the page has no antiforgery token");
        return text;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
