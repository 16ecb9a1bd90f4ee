using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Storefront.Departments.Mail;
using Storefront.Orders;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Departments.Mail;

/// <summary>What tests of the customers' mail ask of a shop.</summary>
internal static partial class MailShop
{
    public const string Address = "helgi.moller@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The settings of a shop whose mail goes to a port of this machine.</summary>
    public static (string Key, string Value)[] Settings(int port) =>
    [
        ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{port}"), ("Mail:Security", "None"), ("Mail:From", "orders@hopwick.example"), ("Mail:PublicAddress", "https://hopwick.example/"),
    ];

    /// <summary>A shop at the broker, with its mail going to a port of this machine.</summary>
    public static Task<TestShop> OpenAsync(Uri broker, int port, params (string Key, string Value)[] settings) => MessagingShop.OpenAsync(broker, [.. Settings(port), .. settings]);

    /// <summary>Places an order for a customer who gave an address.</summary>
    public static Task<OrderNumber> PlaceMailedAsync(this TestShop shop, string? language = null) => shop.PlaceForAsync(new Customer("Helgi Möller", Address), language);

    /// <summary>Places an order for a customer, in a language.</summary>
    public static async Task<OrderNumber> PlaceForAsync(this TestShop shop, Customer customer, string? language = null) =>
        (await shop.Services.GetRequiredService<PlaceOrder>().RunAsync(new OrderRequest(customer, OrderRequest.CountIds([2, 4, 4, 42])) { Language = language }, OrderSource.Shop, null, Cancellation))
            .ShouldBeOfType<Placing.Accepted>().Number;

    /// <summary>What the shop has written down of its mail, in the order of the orders.</summary>
    public static async Task<IReadOnlyList<CustomerMail>> MailsAsync(this TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        return await db.CustomerMails.AsNoTracking().OrderBy(m => m.OrderId).ThenBy(m => m.Kind).ToListAsync(Cancellation);
    }

    /// <summary>Waits until the shop has written down that so many mails were sent.</summary>
    public static Task SentAsync(this TestShop shop, int count) =>
        Watching.UntilAsync($"{count} mails are sent", async () => (await shop.MailsAsync()).Count(m => m.State == MailState.Sent) >= count, Cancellation);

    /// <summary>The mail of a kind about an order.</summary>
    public static MimeMessage Of(this IEnumerable<MimeMessage> mails, OrderNumber number, MailKind kind) =>
        mails.Where(m => m.MessageId == $"{number}.{kind.Text()}@hopwick.example").ShouldHaveSingleItem($"{kind} of {number}");

    /// <summary>The part that is plain text.</summary>
    public static string Text(this MimeMessage mail) => mail.TextBody.ShouldNotBeNull();

    /// <summary>The part that is a page.</summary>
    public static string Page(this MimeMessage mail) => mail.HtmlBody.ShouldNotBeNull();

    /// <summary>The key in the mail's link, which is the same in both parts.</summary>
    public static string KeyOf(this MimeMessage mail, OrderNumber number)
    {
        var link = Link().Match(mail.Text());
        link.Groups["number"].Value.ShouldBe(number.ToString());
        mail.Page().ShouldContain($"""href="{link.Value}" """.TrimEnd());
        return link.Groups["key"].Value;
    }

    [GeneratedRegex(@"https://hopwick\.example/track/(?<number>\S+)\?key=(?<key>[0-9a-f]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
