using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Departments.Mail.Paper;

/// <summary>Writes the mail of a kind about an order: text and page, in the customer's language, with the link that shows everything.</summary>
public sealed class MailWriter(MailOrders orders, OrderKeys keys, IOptions<MailOptions> options, IOptions<ShopOptions> shop, TimeProvider time)
{
    private string From => options.Value.From!.Trim();

    /// <summary>
    /// The mail's Message-ID (RFC 5322, 3.6.4): the order's number and the kind, so the same for the same mail however often it is sent. Should a crash repeat it,
    /// mail servers and programs that look at it drop the second, and people can see that it is the same.
    /// </summary>
    /// <param name="number">The order.</param>
    /// <param name="kind">What the mail is about.</param>
    /// <param name="resends">How often it was sent once more on purpose: that is another mail, which no server may take for a repeat.</param>
    public string MessageIdOf(OrderNumber number, MailKind kind, int resends = 0) =>
        $"{number}.{kind.Text()}{(resends == 0 ? "" : $".{resends}")}@{new MailboxAddress("", From).Domain}";

    /// <exception cref="ParseException">The customer's address is none.</exception>
    public async Task<MimeMessage> WriteAsync(MailJob job, CancellationToken cancellationToken)
    {
        var order = await orders.ReadAsync(job.Number, cancellationToken);
        var words = new Words(order.Language);
        var tagline = shop.Value.Tagline == ShopOptions.DefaultTagline ? words["layout.tagline"] : shop.Value.Tagline;
        var content = new MailContent(words, job.Kind, order, options.Value.PublicAddress!.Trim().TrimEnd('/') + OrderLinks.Mailed(order.Number, keys), shop.Value.Name, tagline);
        var mail = new MimeMessage
        {
            MessageId = MessageIdOf(job.Number, job.Kind, job.Resends),
            Date = time.GetUtcNow(),
            Subject = OneLine(content.Subject),
            Body = new MultipartAlternative { new TextPart(TextFormat.Plain) { Text = MailText.Of(content) }, new TextPart(TextFormat.Html) { Text = MailPage.Of(content) } },
        };
        mail.From.Add(new MailboxAddress(string.IsNullOrWhiteSpace(options.Value.FromName) ? shop.Value.Name : options.Value.FromName, From));
        mail.To.Add(new MailboxAddress(OneLine(order.Customer.Name), order.Customer.Email!));
        if (job.Kind != MailKind.Confirmation)
        {
            mail.References.Add(MessageIdOf(job.Number, MailKind.Confirmation));
        }

        // RFC 3834: no answering machine is to answer it.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Body.Headers.Add(HeaderId.ContentLanguage, order.Language.Code);
        return mail;
    }

    /// <summary>As it may stand in a header: without line breaks, or anything else that controls.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        return line.ToString().Trim();
    }
}
