using Storefront.Orders;

namespace Storefront.Departments.Mail.Paper;

/// <summary>
/// A mail as a page in the shop's hand (the colours are those of <c>tokens.css</c>): one column, styles beside what they are for, since mail programs drop the rest;
/// the sheet in its head only darkens it where that is welcome. Nothing is fetched from anywhere, so nobody learns when it is read.
/// </summary>
internal static class MailPage
{
    private static readonly OrderStatus[] Steps = [OrderStatus.Placed, OrderStatus.Picked, OrderStatus.Packed, OrderStatus.Shipped];

    public static string Of(MailContent mail)
    {
        var (words, order, frame) = (mail.Words, mail.Order, new MailFrame(mail.Words, mail.ShopName, mail.Tagline));
        var (tone, colour) = ToneOf(mail.Kind);
        var card = Html.Of($"""
            {MailFrame.Title(mail.Title, tone, colour)}
            {Path(mail)}
            <p style="margin:0 0 12px"><bdi>{mail.Greeting}</bdi></p>
            {MailFrame.Paragraph(mail.Message)}
            {MailFrame.Paragraph(mail.Parcel)}
            {MailFrame.Button(mail.Link, words["mail.watch"])}
            {Heading(mail.GoodsTitle)}
            <p class="muted" style="margin:0 0 8px;font-size:14px;color:#5E5A50">{words["order.number"]} <strong>{order.Number.ToString()}</strong>, {words.Date(order.PlacedAt)}</p>
            <table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;{MailFrame.SansFont};font-size:16px">
            {Html.Each(order.Lines, line => Row(line.Name, $"× {words.Number(line.Quantity)}", mail.Sum(line), "normal"))}
            {Row(words["order.goods.total"], "", mail.Total, "bold")}
            </table>
            {Part(words["mail.address"], Html.Lines(mail.Address))}
            {Part(words["checkout.note.short"], Html.Lines(mail.Note?.ReplaceLineEndings("\n").Split('\n') ?? []))}
            """);
        var foot = Html.Of($"""
            {frame.Address(mail.Link)}
            {MailFrame.Note(words["mail.private"])}
            {MailFrame.Note(words["mail.why"])}
            """);
        return frame.Of(mail.Subject, mail.Message, card, foot);
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
                <td width="25%" align="center" class="{tone} {(step <= made ? "made" : "line")}" style="padding:8px 2px;border-bottom:3px solid {(step <= made ? "#3A6535" : "#E4DCCB")};{MailFrame.SansFont};font-size:14px;color:{colour}">
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
        <h2 style="margin:24px 0 8px;{MailFrame.SerifFont};font-size:18px;line-height:1.2">{title}</h2>
        """);
}
