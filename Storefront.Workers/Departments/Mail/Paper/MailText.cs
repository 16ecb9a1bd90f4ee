using System.Text;

namespace Storefront.Departments.Mail.Paper;

/// <summary>A mail as plain text.</summary>
internal static class MailText
{
    public static string Of(MailContent mail)
    {
        var text = new StringBuilder();
        var (words, order) = (mail.Words, mail.Order);
        text.AppendLine(mail.Title).AppendLine().AppendLine(mail.Greeting).AppendLine().AppendLine(mail.Message);
        if (mail.Parcel is not null)
        {
            text.AppendLine(mail.Parcel);
        }

        text.AppendLine().AppendLine($"{words["mail.watch"]}:").AppendLine(mail.Link).AppendLine();
        text.AppendLine($"{mail.GoodsTitle} ({words["order.number"]} {order.Number}, {words.Date(order.PlacedAt)})");
        foreach (var line in order.Lines)
        {
            text.AppendLine($"  {line.Quantity} × {line.Name}: {mail.Sum(line)}");
        }

        text.AppendLine($"  {words["order.goods.total"]}: {mail.Total}");
        Add(text, words["mail.address"], mail.Address);
        Add(text, words["checkout.note.short"], mail.Note?.ReplaceLineEndings("\n").Split('\n') ?? []);
        text.AppendLine().AppendLine("-- ").AppendLine($"{mail.ShopName}: {mail.Tagline}");
        text.AppendLine(words["mail.private"]).AppendLine(words["mail.why"]).AppendLine(words["layout.footer.demo"]);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            text.AppendLine().AppendLine($"{title}:");
            foreach (var line in lines)
            {
                text.AppendLine($"  {line}");
            }
        }
    }
}
