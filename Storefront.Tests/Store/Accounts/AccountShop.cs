using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Storefront.Tests.Departments.Mail;
using Storefront.Tests.Passkeys;
using Storefront.Web.Store.Accounts.Data;

namespace Storefront.Tests.Store.Accounts;

/// <summary>A shop with accounts: its mail goes to a server of this machine, and there is no broker.</summary>
public sealed partial class AccountShop : IAsyncLifetime
{
    /// <summary>Long enough.</summary>
    public const string Password = "four clover leaves at dawn";

    private MailSink _sink = null!;

    public TestShop Shop { get; private set; } = null!;

    internal MailSink Sink => _sink;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<AccountShop> OpenAsync(params (string Key, string Value)[] settings)
    {
        var shop = new AccountShop { _sink = await MailSink.OpenAsync() };
        shop.Shop = await TestShop.OpenAsync(MailShop.Settings(shop._sink.Port).Concat(settings).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal));
        return shop;
    }

    /// <summary>An address that nobody has used yet.</summary>
    public static string NewAddress() => $"helgi.{Guid.NewGuid():N}@example.com";

    public async ValueTask InitializeAsync()
    {
        var opened = await OpenAsync();
        (_sink, Shop) = (opened._sink, opened.Shop);
    }

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await _sink.DisposeAsync();
    }

    /// <summary>Types an address into a page's form.</summary>
    public static async Task<HttpResponseMessage> TypeAsync(HttpClient client, string path, string email, string? to = null)
    {
        var (_, page) = await client.OpenAsync(path);
        return await client.PostAsync(page, to ?? path, ("_handler", "mailed-link"), ("Form.Email", email));
    }

    /// <summary>Types an address into a page's form and waits for the mail that comes of it.</summary>
    public async Task<MimeMessage> AskForMailAsync(HttpClient client, string path, string email)
    {
        var before = To(email).Count;
        using var answer = await TypeAsync(client, path, email);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await Watching.UntilAsync("the mail is there", () => Task.FromResult(To(email).Count > before), Cancellation);
        return To(email)[before];
    }

    /// <summary>The mails to an address so far.</summary>
    public IReadOnlyList<MimeMessage> To(string email) =>
        [.. Sink.Mails.Where(m => m.To.Mailboxes.Any(t => t.Address.Equals(email, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>Where a mail's link leads, which is the same in both of its parts.</summary>
    public static string LinkIn(MimeMessage mail)
    {
        var link = Link().Match(mail.Text());
        link.Success.ShouldBeTrue(mail.Text());
        mail.Page().ShouldContain($"href=\"{link.Value.Replace("&", "&amp;", StringComparison.Ordinal)}\"");
        return link.Groups["path"].Value;
    }

    /// <summary>Chooses a password on the page of a mailed link.</summary>
    public static async Task<HttpResponseMessage> ChooseAsync(HttpClient client, string link, string password = Password)
    {
        var (_, page) = await client.OpenAsync(link);
        var sealedLink = ((IHtmlInputElement)page.QuerySelector("input[name='Form.Link']")!).Value;
        return await client.PostAsync(page, "/account/password", ("_handler", "password"), ("Form.Link", sealedLink), ("Form.Password", password));
    }

    /// <summary>Opens an account; the browser is signed in afterwards.</summary>
    public async Task RegisterAsync(HttpClient client, string email, string password = Password)
    {
        using var answer = await ChooseAsync(client, LinkIn(await AskForMailAsync(client, "/account/register", email)), password);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    /// <summary>Gives an account so many passkeys that nobody has.</summary>
    public async Task GivePasskeysAsync(string email, int count)
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<CustomerAccount>>();
        var account = (await accounts.FindByEmailAsync(email)).ShouldNotBeNull();
        for (var i = 0; i < count; i++)
        {
            (await accounts.AddOrUpdatePasskeyAsync(account, LostDevice.PasskeyOf($"Key {i}"))).Succeeded.ShouldBeTrue();
        }
    }

    /// <summary>Sends the sign-in page's form.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string email, string password, string? back = null)
    {
        var (_, page) = await client.OpenAsync("/account/signin");
        return await client.PostAsync(page, "/account/signin", ("_handler", "customer-signin"), ("Form.Email", email), ("Form.Password", password), ("Form.Back", back ?? ""));
    }

    /// <summary>Whether the browser is signed in.</summary>
    public static async Task<bool> IsInsideAsync(HttpClient client) => (await client.OpenAsync("/account")).Status == HttpStatusCode.OK;

    [GeneratedRegex(@"https://hopwick\.example(?<path>/account/\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}

/// <summary>Where answers lead.</summary>
internal static class Leading
{
    /// <summary>Path and query; a redirect to another host than the shop's fails.</summary>
    public static string LeadsTo(this HttpResponseMessage answer)
    {
        var (location, asked) = (answer.Headers.Location.ShouldNotBeNull(), answer.RequestMessage!.RequestUri!);
        var address = new Uri(asked, location);
        address.Authority.ShouldBe(asked.Authority);
        return address.PathAndQuery;
    }
}
