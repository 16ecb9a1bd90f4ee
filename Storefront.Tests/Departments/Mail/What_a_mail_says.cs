using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Storefront.Data;
using Storefront.Departments.Mail;
using Storefront.Departments.Mail.Paper;
using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Tests.Departments.Mail;

/// <summary>The mail as it would go to the server, written about a real order; whatever customers put into their fields.</summary>
public sealed class What_a_mail_says
{
    private static readonly Address Door = new("Mánabraut 12", "Kópavogur", "200", "Iceland");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Codes => [.. Language.All.Select(l => l.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Is_whole_in_every_language_and_fetches_nothing(string language)
    {
        await using var shop = await OpenAsync();
        var number = await shop.PlaceForAsync(new Customer("Helgi Möller", MailShop.Address) { Address = Door }, language);
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            var mail = await WriteAsync(shop, number, kind);

            foreach (var text in new[] { mail.Subject!, mail.Text(), Visible(mail.Page()) })
            {
                text.ShouldNotContain("{", customMessage: "a place without a value");
                Matches(text, @"\b(mail|order)\.[a-z]+\.").ShouldBeEmpty("a key without a text");
            }

            var doors = kind == MailKind.Cancelled ? 0 : 1;
            (Matches(mail.Text(), "Mánabraut 12").Count, Matches(mail.Page(), "Mánabraut 12").Count).ShouldBe((doors, doors));
            Matches(mail.Page(), @"<(img|script|link|iframe|object|video)\b|\bsrc=|url\(|@import").ShouldBeEmpty("nothing is fetched, so nobody learns when it is read");
            Matches(mail.Page(), @"https?://[^""<\s]+").Distinct(StringComparer.Ordinal).ShouldHaveSingleItem("the one link");
        }
    }

    [Theory]
    [InlineData("Helgi\r\nBcc: everybody@example.com")]
    [InlineData("Helgi\nX-Injected: yes\n\n<b>body</b>")]
    [InlineData("Helgi\r\n\r\nbody")]
    public async Task Gets_no_header_from_a_name(string name)
    {
        var mail = await WriteAsync(new Customer(name, MailShop.Address));

        var written = Reread(mail);
        written.Headers.Select(h => h.Field).ShouldBe(mail.Headers.Select(h => h.Field));
        written.Bcc.ShouldBeEmpty();
        written.To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe(MailShop.Address);
        written.Page().ShouldNotContain("<b>body");
    }

    [Theory]
    [InlineData("<script>alert('x')</script>")]
    [InlineData("\"><a href=\"https://evil.example\">click</a>")]
    [InlineData("&lt;b&gt; & <b>")]
    public async Task Shows_what_looks_like_a_page_as_it_was_typed(string text)
    {
        var mail = await WriteAsync(new Customer(text, MailShop.Address, text) { Address = Door with { City = text } });

        mail.Page().ShouldNotContain(text);
        Matches(Visible(mail.Page()), Regex.Escape(text)).Count.ShouldBe(4, "greeting, name, town, note");
        mail.Text().ShouldContain(text);
    }

    [Fact]
    public async Task Keeps_emoji_and_every_script()
    {
        const string name = "Zoë 🐇 Łucja Ævarsdóttir 山田";
        var written = Reread(await WriteAsync(new Customer(name, MailShop.Address, "🥕 first,\nplease")));

        written.To.Mailboxes.Single().Name.ShouldBe(name);
        written.Text().ShouldContain($"Hello {name},");
        Visible(written.Page()).ShouldContain($"Hello {name},");
        written.Text().ShouldContain("🥕 first,");
        written.Page().ShouldContain("first,<br>please");
    }

    [Theory]
    [InlineData("משה כהן")]
    [InlineData("محمد")]
    [InlineData("Helgi \u202Egnik eht")]
    public async Task Is_not_turned_round_by_a_name_that_goes_from_right_to_left(string name)
    {
        var mail = await WriteAsync(new Customer(name, MailShop.Address));

        mail.Text().ShouldContain($"Hello \u2068{name}\u2069,");
        mail.Page().ShouldContain("<bdi>Hello");
    }

    [Fact]
    public async Task To_an_address_that_is_none_is_not_written()
    {
        await using var shop = await OpenAsync();
        var number = await shop.PlaceMailedAsync();
        // Today's are checked before they are ordered with.
        await shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, ct) => db.Sql("UPDATE orders SET email = @email", ("@email", "\"unclosed@example.com")).RunAsync(ct), Cancellation);

        var fault = MailFailedException.Of(await Should.ThrowAsync<Exception>(() => WriteAsync(shop, number, MailKind.Confirmation)));

        (fault.IsFinal, fault.Message).ShouldBe((true, "The customer's address is none that mail can be sent to."));
    }

    private static async Task<MimeMessage> WriteAsync(Customer customer, string? language = null, MailKind kind = MailKind.Confirmation)
    {
        await using var shop = await OpenAsync();
        return await WriteAsync(shop, await shop.PlaceForAsync(customer, language), kind);
    }

    private static Task<MimeMessage> WriteAsync(TestShop shop, OrderNumber number, MailKind kind) =>
        shop.Services.GetRequiredService<MailWriter>().WriteAsync(new MailJob(1, number, kind, 1), Cancellation);

    private static Task<TestShop> OpenAsync() => TestShop.OpenAsync(MailShop.Settings(1).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal));

    private static List<string> Matches(string text, string pattern) =>
        [.. Regex.Matches(text, pattern, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Value)];

    /// <summary>As a mail program gets it.</summary>
    private static MimeMessage Reread(MimeMessage mail)
    {
        using var bytes = new MemoryStream();
        mail.WriteTo(bytes, Cancellation);
        bytes.Position = 0;
        return MimeMessage.Load(bytes, Cancellation);
    }

    /// <summary>What a page shows.</summary>
    private static string Visible(string page) => System.Net.WebUtility.HtmlDecode(Regex.Replace(page, "<style>.*?</style>|<[^>]*>", "", RegexOptions.Singleline, TimeSpan.FromSeconds(1)));
}
