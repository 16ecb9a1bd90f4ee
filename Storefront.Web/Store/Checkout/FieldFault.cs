using Storefront.Orders;

namespace Storefront.Web.Store.Checkout;

/// <summary>A fault as the customer reads it: at which field of the form, and what to do.</summary>
public sealed record FieldFault(string FieldId, string Message)
{
    private static readonly string[] FormOrder = ["name", "email", "street", "postcode", "city", "country", "note"];

    /// <summary>The order's faults, named in the API's spelling, in the form's words and order. Faults of the goods have no field and are left out.</summary>
    public static IReadOnlyList<FieldFault> Of(IEnumerable<Fault> faults, CheckoutForm form) =>
        [.. faults.Select(f => Of(f, form)).OfType<FieldFault>().OrderBy(f => Array.IndexOf(FormOrder, f.FieldId))];

    private static FieldFault? Of(Fault fault, CheckoutForm form) => fault.Field switch
    {
        "customer_name" => Text("name", "Your name", form.Name, "Enter your name, so that the parcel knows whom to ask for.", fault),
        "email" => new("email", "Enter an address like helgi@example.com, or leave this empty."),
        "address.street" => Text("street", "Street and number", form.Street, "Enter street and house number.", fault),
        "address.postcode" => Text("postcode", "Postcode", form.Postcode, "Enter the postcode.", fault),
        "address.city" => Text("city", "Town", form.City, "Enter the town.", fault),
        "address.country" => Text("country", "Country", form.Country, "Enter the country.", fault),
        "note" => Text("note", "Your note", form.Note, "", fault),
        _ => null,
    };

    private static FieldFault Text(string id, string label, string? typed, string whenBlank, Fault fault) =>
        new(id, string.IsNullOrWhiteSpace(typed) ? whenBlank : $"{label} {fault.Message}");
}
