using Storefront.Languages;

namespace Storefront.Departments.Mail.Paper;

/// <summary>What all of the shop's mails have in common, whatever they tell: its name above, one card, what is to be said of it below.</summary>
/// <param name="Words">The language it is in.</param>
/// <param name="ShopName">Whose mail it is.</param>
/// <param name="Tagline">The shop's line, in the language.</param>
internal sealed record MailFrame(Words Words, string ShopName, string Tagline)
{
    private const string Serif = "font-family:Vollkorn,Georgia,'Times New Roman',serif";
    private const string Sans = "font-family:Figtree,system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

    public static Html SerifFont { get; } = new(Serif);

    public static Html SansFont { get; } = new(Sans);

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

    /// <summary>The whole page.</summary>
    /// <param name="subject">Its title.</param>
    /// <param name="preview">What mail programs show of it in a list.</param>
    /// <param name="card">What it tells.</param>
    /// <param name="foot">What is to be said of the mail itself, a paragraph each.</param>
    public string Of(string subject, string preview, Html card, Html foot) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{Words.Language.Code}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{subject}</title>
        {Style}
        </head>
        <body class="paper" style="margin:0;padding:0;background-color:#FBF7EF">
        <div style="display:none;max-height:0;overflow:hidden">{preview}</div>
        <table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background-color:#FBF7EF"><tr><td align="center" style="padding:24px 12px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px">
        <tr><td style="padding:0 8px 16px">
        <span class="bramble" style="{SerifFont};font-size:28px;font-weight:bold;color:#6B2D5C">{ShopName}</span><br>
        <span class="muted" style="{SansFont};font-size:14px;color:#5E5A50">{Tagline}</span>
        </td></tr>
        <tr><td class="card roomy ink" style="padding:32px;background-color:#FFFFFF;border:1px solid #E4DCCB;border-radius:10px;{SansFont};font-size:16px;line-height:1.55;color:#2B2A26">
        {card}
        </td></tr>
        <tr><td class="muted" style="padding:16px 8px;{SansFont};font-size:14px;line-height:1.55;color:#5E5A50">
        {foot}
        <p style="margin:0">{Words["layout.footer.demo"]}</p>
        </td></tr>
        </table>
        </td></tr></table>
        </body>
        </html>
        """).Markup;

    public static Html Title(string text, string tone, string colour) => Html.Of($"""
        <h1 class="{tone}" style="margin:0 0 16px;{SerifFont};font-size:28px;line-height:1.2;color:{colour}">{text}</h1>
        """);

    public static Html Paragraph(string? text) => text is null ? Html.None : Html.Of($"""
        <p style="margin:0 0 12px">{text}</p>
        """);

    /// <summary>A paragraph of the foot.</summary>
    public static Html Note(string text) => Html.Of($"""
        <p style="margin:0 0 8px">{text}</p>
        """);

    public static Html Button(string link, string label) => Html.Of($"""
        <table role="presentation" cellpadding="0" cellspacing="0" style="margin:24px 0"><tr><td class="button" style="background-color:#6B2D5C;border-radius:8px">
        <a class="button" href="{link}" style="display:inline-block;padding:12px 24px;border-radius:8px;{SansFont};font-size:16px;font-weight:bold;color:#FFFFFF;text-decoration:none">{label}</a>
        </td></tr></table>
        """);

    /// <summary>For the foot: the button's address, where buttons do nothing.</summary>
    public Html Address(string link) => Html.Of($"""
        <p style="margin:0 0 8px">{Words["mail.link.help"]}<br><a class="bramble" href="{link}" style="color:#6B2D5C;word-break:break-all">{link}</a></p>
        """);
}
