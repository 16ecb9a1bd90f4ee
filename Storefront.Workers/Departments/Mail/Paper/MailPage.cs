using Storefront.Orders;

namespace Storefront.Departments.Mail.Paper;

/// <summary>
/// A mail as a page in the shop's hand (the colours are those of <c>tokens.css</c>): one column, styles beside what they are for, since mail programs drop the rest;
/// the sheet in its head only darkens it where that is welcome. Nothing is fetched from anywhere, so nobody learns when it is read.
/// </summary>
internal static class MailPage
{
    private const string Serif = "font-family:Vollkorn,Georgia,'Times New Roman',serif";
    private const string Sans = "font-family:Figtree,system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

    private static readonly OrderStatus[] Steps = [OrderStatus.Placed, OrderStatus.Picked, OrderStatus.Packed, OrderStatus.Shipped];

    private static readonly Html Style = new("""
        <style>
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (prefers-color-scheme: dark) {
        .paper { background-color: #1B1A17 !important; } .card { background-color: #26241F !important; border-color: #3B382F !important; }
        .ink { color: #F3EEE2 !important; } .muted { color: #B8B1A1 !important; } .line { border-color: #3B382F !important; } .made { border-color: #9CC78F !important; }
        .bramble { color: #D9A3CB !important; } .button { background-color: #D9A3CB !important; color: #1B1A17 !important; }
        .leaf { color: #9CC78F !important; } .honey { color: #F0C35A !important; } .berry { color: #F0989C !important; }
        }
        @media (max-width: 480px) { .roomy { padding: 24px 20px !important; } }
        </style>
        """);

    public static string Of(MailContent mail)
    {
        var (words, order) = (mail.Words, mail.Order);
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="{words.Language.Code}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{mail.Subject}</title>
            {Style}
            </head>
            <body class="paper" style="margin:0;padding:0;background-color:#FBF7EF">
            <div style="display:none;max-height:0;overflow:hidden">{mail.Message}</div>
            <table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background-color:#FBF7EF"><tr><td align="center" style="padding:24px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px">
            <tr><td style="padding:0 8px 16px">
            <span class="bramble" style="{Font(Serif)};font-size:28px;font-weight:bold;color:#6B2D5C">{mail.ShopName}</span><br>
            <span class="muted" style="{Font(Sans)};font-size:14px;color:#5E5A50">{mail.Tagline}</span>
            </td></tr>
            <tr><td class="card roomy ink" style="padding:32px;background-color:#FFFFFF;border:1px solid #E4DCCB;border-radius:10px;{Font(Sans)};font-size:16px;line-height:1.55;color:#2B2A26">
            <h1 class="{ToneOf(mail.Kind).Name}" style="margin:0 0 16px;{Font(Serif)};font-size:28px;line-height:1.2;color:{ToneOf(mail.Kind).Colour}">{mail.Title}</h1>
            {Path(mail)}
            <p style="margin:0 0 12px"><bdi>{mail.Greeting}</bdi></p>
            <p style="margin:0 0 12px">{mail.Message}</p>
            {Paragraph(mail.Parcel)}
            <table role="presentation" cellpadding="0" cellspacing="0" style="margin:24px 0"><tr><td class="button" style="background-color:#6B2D5C;border-radius:8px">
            <a class="button" href="{mail.Link}" style="display:inline-block;padding:12px 24px;border-radius:8px;{Font(Sans)};font-size:16px;font-weight:bold;color:#FFFFFF;text-decoration:none">{words["mail.watch"]}</a>
            </td></tr></table>
            {Heading(mail.GoodsTitle)}
            <p class="muted" style="margin:0 0 8px;font-size:14px;color:#5E5A50">{words["order.number"]} <strong>{order.Number.ToString()}</strong>, {words.Date(order.PlacedAt)}</p>
            <table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;{Font(Sans)};font-size:16px">
            {Html.Each(order.Lines, line => Row(line.Name, $"× {words.Number(line.Quantity)}", mail.Sum(line), "normal"))}
            {Row(words["order.goods.total"], "", mail.Total, "bold")}
            </table>
            {Part(words["mail.address"], Html.Lines(mail.Address))}
            {Part(words["checkout.note.short"], Html.Lines(mail.Note?.ReplaceLineEndings("\n").Split('\n') ?? []))}
            </td></tr>
            <tr><td class="muted" style="padding:16px 8px;{Font(Sans)};font-size:14px;line-height:1.55;color:#5E5A50">
            <p style="margin:0 0 8px">{words["mail.link.help"]}<br><a class="bramble" href="{mail.Link}" style="color:#6B2D5C;word-break:break-all">{mail.Link}</a></p>
            <p style="margin:0 0 8px">{words["mail.private"]}</p>
            <p style="margin:0 0 8px">{words["mail.why"]}</p>
            <p style="margin:0">{words["layout.footer.demo"]}</p>
            </td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>
            """).Markup;
    }

    /// <summary>From burrow to door: the steps made, and those to come. Never by colour alone.</summary>
    private static Html Path(MailContent mail)
    {
        if (mail.Step is not { } made)
        {
            return Html.None;
        }

        return Html.Of($"""
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 24px"><tr>{Html.Each(Steps, Cell)}</tr></table>
            """);

        Html Cell(OrderStatus step)
        {
            var (sign, tone, colour) = step <= made ? ("✓", "leaf", "#3A6535") : mail.Kind == MailKind.Delayed && step == made + 1 ? ("…", "honey", "#7A5500") : ("○", "muted", "#5E5A50");
            return Html.Of($"""
                <td width="25%" align="center" class="{tone} {(step <= made ? "made" : "line")}" style="padding:8px 2px;border-bottom:3px solid {(step <= made ? "#3A6535" : "#E4DCCB")};{Font(Sans)};font-size:14px;color:{colour}">
                <span aria-hidden="true" style="font-size:18px">{sign}</span><br>{mail.Words[$"order.status.{step.Text()}"]}
                </td>
                """);
        }
    }

    private static (string Name, string Colour) ToneOf(MailKind kind) => kind switch
    {
        MailKind.Delayed => ("honey", "#7A5500"),
        MailKind.Cancelled => ("berry", "#A32F38"),
        MailKind.Shipped => ("leaf", "#3A6535"),
        _ => ("bramble", "#6B2D5C"),
    };

    private static Html Row(string name, string quantity, string price, string weight) => Html.Of($"""
        <tr><th scope="row" align="left" class="line" style="padding:8px 8px 8px 0;border-top:1px solid #E4DCCB;font-weight:{weight}">{name}</th>
        <td align="right" class="line muted" style="padding:8px;border-top:1px solid #E4DCCB;white-space:nowrap;color:#5E5A50">{quantity}</td>
        <td align="right" class="line" style="padding:8px 0 8px 8px;border-top:1px solid #E4DCCB;white-space:nowrap;font-weight:{weight}">{price}</td></tr>
        """);

    private static Html Part(string title, Html content) => content.Markup.Length == 0 ? Html.None : Html.Of($"""
        {Heading(title)}
        <p style="margin:0"><bdi>{content}</bdi></p>
        """);

    private static Html Heading(string title) => Html.Of($"""
        <h2 style="margin:24px 0 8px;{Font(Serif)};font-size:18px;line-height:1.2">{title}</h2>
        """);

    private static Html Paragraph(string? text) => text is null ? Html.None : Html.Of($"""
        <p style="margin:0 0 12px">{text}</p>
        """);

    private static Html Font(string style) => new(style);
}
