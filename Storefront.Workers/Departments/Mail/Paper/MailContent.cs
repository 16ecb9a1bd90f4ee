using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Departments.Mail.Paper;

/// <summary>What a mail says, in the customer's language; how it looks is <see cref="MailPage"/>'s, or <see cref="MailText"/>'s. Plain text: both encode it.</summary>
public sealed record MailContent(Words Words, MailKind Kind, MailOrder Order, string Link, string ShopName, string Tagline)
{
    public string Subject => Words.Say($"mail.{Kind.Text()}.subject", ("number", Order.Number));

    public string Title => Words[$"mail.{Kind.Text()}.title"];

    /// <summary>What happened and what comes next.</summary>
    public string Message => Words[$"mail.{Kind.Text()}.text"];

    public string Greeting => Words.Say("mail.greeting", ("name", Isolated(Order.Customer.Name)));

    /// <summary>What the carrier calls the parcel; in a mail that tells of it.</summary>
    public string? Parcel => Kind == MailKind.Shipped && Order.Tracking is { } tracking ? Words.Say("mail.shipped.parcel", ("tracking", tracking)) : null;

    public string GoodsTitle => Words[Kind == MailKind.Cancelled ? "order.goods.cancelled" : "order.goods"];

    public string Total => Words.Money(Order.PriceMinor, Order.Currency);

    /// <summary>The door it goes to, line by line; where it goes nowhere any more, none.</summary>
    public IReadOnlyList<string> Address => Kind != MailKind.Cancelled && Order.Customer.Address is { } a
        ? [Isolated(Order.Customer.Name), Isolated(a.Street), Isolated($"{a.Postcode} {a.City}"), Isolated(a.Country)]
        : [];

    /// <summary>What the customer wrote along, in the mail that confirms it.</summary>
    public string? Note => Kind == MailKind.Confirmation && Order.Customer.Note is { } note ? Isolated(note) : null;

    /// <summary>The step that the goods have made when this is written; null: they make none any more.</summary>
    public OrderStatus? Step => Kind switch
    {
        MailKind.Cancelled => null,
        MailKind.Confirmation => OrderStatus.Placed,
        MailKind.Shipped => OrderStatus.Shipped,
        _ => Order.Status,
    };

    public string Sum(MailLine line) => Words.Money(line.PriceMinor * line.Quantity, Order.Currency);

    /// <summary>
    /// A customer's own words. Those that are written, or turned, from right to left are kept from turning what stands around them
    /// (Unicode's "first strong isolate", UAX #9); others stay as they are.
    /// </summary>
    private static string Isolated(string text) => text.Any(Turns) ? $"\u2068{text}\u2069" : text;

    private static bool Turns(char c) => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC')
        or (>= '\uD802' and <= '\uD803') or (>= '\uD83A' and <= '\uD83B') or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
