using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Web.Store.Checkout;

/// <summary>A fault as the customer reads it: at which field of the form, and what to do.</summary>
public sealed record FieldFault(string FieldId, string Message)
{
    private static readonly string[] FormOrder = ["name", "email", "street", "postcode", "city", "country", "note"];

    /// <summary>The order's faults, named in the API's spelling, in the form's words and order. Faults of the goods have no field and are left out.</summary>
    public static IReadOnlyList<FieldFault> Of(IEnumerable<Fault> faults, CheckoutForm form, Words words) =>
        [.. faults.Select(f => Of(f, form, words)).OfType<FieldFault>().OrderBy(f => Array.IndexOf(FormOrder, f.FieldId))];

    private static FieldFault? Of(Fault fault, CheckoutForm form, Words words) => fault.Field switch
    {
        "customer_name" => Text("name", "checkout.name", form.Name, fault, words),
        "email" => new("email", fault.Length is null ? words["checkout.email.wrong"] : TooLong("checkout.email", fault, words)),
        "address.street" => Text("street", "checkout.street", form.Street, fault, words),
        "address.postcode" => Text("postcode", "checkout.postcode", form.Postcode, fault, words),
        "address.city" => Text("city", "checkout.city", form.City, fault, words),
        "address.country" => Text("country", "checkout.country", form.Country, fault, words),
        "note" => Text("note", "checkout.note.short", form.Note, fault, words),
        _ => null,
    };

    private static FieldFault Text(string id, string label, string? typed, Fault fault, Words words) => new(id,
        Texts.IsBlank(typed) ? words[$"{label}.blank"]
        : fault.Length is not null ? TooLong(label, fault, words)
        : words.Say("checkout.field.control", ("field", words[label])));

    private static string TooLong(string label, Fault fault, Words words) =>
        words.Say("checkout.field.too-long", ("field", words[label]), ("most", fault.Length?.Most), ("length", fault.Length?.Is));
}
