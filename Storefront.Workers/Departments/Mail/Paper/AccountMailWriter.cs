using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Departments.Mail.Paper;

/// <summary>Writes the mails about accounts, on the same paper as those about orders.</summary>
public sealed class AccountMailWriter(IOptions<MailOptions> options, IOptions<ShopOptions> shop, TimeProvider time)
{
    /// <exception cref="ParseException">The address is none.</exception>
    public MimeMessage Write(AccountMail mail)
    {
        var (words, settings, name) = (new Words(mail.Language), options.Value, shop.Value.Name);
        var kind = mail.Kind.Text();
        var said = new Said(
            words[$"account.mail.{kind}.subject"], words[$"account.mail.{kind}.title"], words[$"account.mail.{kind}.text"], words[$"account.mail.{kind}.go"], words[$"account.mail.{kind}.why"],
            settings.PublicAddress!.Trim().TrimEnd('/') + mail.Path);
        var frame = new MailFrame(words, name, shop.Value.Tagline == ShopOptions.DefaultTagline ? words["layout.tagline"] : shop.Value.Tagline);
        var message = new MimeMessage
        {
            Date = time.GetUtcNow(),
            Subject = $"{said.Subject} ({name})",
            Body = new MultipartAlternative { new TextPart(TextFormat.Plain) { Text = Text(said, frame) }, new TextPart(TextFormat.Html) { Text = Page(said, frame) } },
        };
        var from = settings.From!.Trim();
        message.MessageId = $"{Guid.NewGuid():N}@{new MailboxAddress("", from).Domain}";
        message.From.Add(new MailboxAddress(string.IsNullOrWhiteSpace(settings.FromName) ? name : settings.FromName, from));
        message.To.Add(MailboxAddress.Parse(mail.Address));
        // RFC 3834: no answering machine is to answer it.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Body.Headers.Add(HeaderId.ContentLanguage, mail.Language.Code);
        return message;
    }

    private static string Page(Said said, MailFrame frame) => frame.Of(said.Subject, said.Text, Html.Of($"""
        {MailFrame.Title(said.Title, "bramble", "#6B2D5C")}
        {MailFrame.Paragraph(said.Text)}
        {MailFrame.Button(said.Link, said.Go)}
        """), Html.Of($"""
        {frame.Address(said.Link)}
        {MailFrame.Note(said.Why)}
        """));

    private static string Text(Said said, MailFrame frame) =>
        string.Join('\n', said.Title, "", said.Text, "", $"{said.Go}:", said.Link, "", said.Why, "", "-- ", $"{frame.ShopName}: {frame.Tagline}", frame.Words["layout.footer.demo"], "");

    private sealed record Said(string Subject, string Title, string Text, string Go, string Why, string Link);
}
