using System.Collections.Frozen;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Storefront.Catalog;

namespace Storefront.Orders;

/// <summary>What somebody wants to order. Quantities come as one entry a product; prices are not theirs to say.</summary>
public sealed record OrderRequest(Customer Customer, IReadOnlyList<Amount> Products)
{
    /// <summary>Most pieces in one order, all products together.</summary>
    public const int MaxPieces = 100;

    /// <summary>The field of faults of the goods.</summary>
    public const string ProductsField = "products_ids";

    /// <summary>Longest e-mail address (RFC 5321 with its erratum 1690).</summary>
    private const int MaxEmail = 254;

    /// <summary>Code of the language in which it is asked for; null where nobody said. The same order in another language is the same order.</summary>
    [JsonIgnore]
    public string? Language { get; init; }

    /// <summary>
    /// What one of each product costs as far as the customer knows, in minor units by product; goods of which they were told no price are left out. Prices stay the
    /// shop's to say: where one is another by now, the order is not placed. A repeat of an order is that order whatever things cost since.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<int, long> SeenPrices { get; init; } = FrozenDictionary<int, long>.Empty;

    /// <summary>Product ids as the seed's API sends them: an id named twice means two of it.</summary>
    public static IReadOnlyList<Amount> CountIds(IEnumerable<int> ids) =>
        [.. ids.GroupBy(id => id).OrderBy(g => g.Key).Select(g => new Amount(g.Key, g.Count()))];

    /// <summary>The same request with texts trimmed, blank options left out and products in order.</summary>
    public OrderRequest Tidy() => new(
        new Customer(Customer.Name.Trim(), Blank(Customer.Email), Blank(Customer.Note))
        {
            Address = Customer.Address is { } a ? new(a.Street.Trim(), a.City.Trim(), a.Postcode.Trim(), a.Country.Trim()) : null,
        },
        [.. Products.GroupBy(p => p.ProductId).OrderBy(g => g.Key).Select(g => new Amount(g.Key, g.Sum(p => p.Quantity)))]) { Language = Language, SeenPrices = SeenPrices };

    /// <summary>Everything that is wrong with it as far as it can be told without the catalogue; expects a tidy request.</summary>
    public IEnumerable<Fault> Faults()
    {
        foreach (var fault in Texts.Faults("customer_name", Customer.Name, 200, required: true)
            .Concat(Texts.Faults("note", Customer.Note, 1000))
            .Concat(Texts.Faults("address.street", Customer.Address?.Street, 200, Customer.Address is not null))
            .Concat(Texts.Faults("address.city", Customer.Address?.City, 100, Customer.Address is not null))
            .Concat(Texts.Faults("address.postcode", Customer.Address?.Postcode, 20, Customer.Address is not null))
            .Concat(Texts.Faults("address.country", Customer.Address?.Country, 100, Customer.Address is not null)))
        {
            yield return fault;
        }

        if (Customer.Email is { } email && !IsEmail(email))
        {
            yield return new("email", $"must be an e-mail address such as helgi@example.com, at most {MaxEmail} characters.")
            {
                Length = email.Length > MaxEmail ? (email.Length, MaxEmail) : null,
            };
        }

        if (Products.Count == 0)
        {
            yield return new(ProductsField, "must name at least one product.");
        }
        else if (Products.Any(p => p.Quantity < 1))
        {
            yield return new(ProductsField, "every quantity must be 1 or more.");
        }
        else if (IsTooLong)
        {
            yield return new(ProductsField, $"must name at most {MaxPieces} products.");
        }
    }

    /// <summary>Whether a text is an e-mail address and nothing else.</summary>
    public static bool IsEmail(string text) => text.Length <= MaxEmail && MailAddress.TryCreate(text, out var parsed) && parsed.Address == text;

    /// <summary>More pieces than one order may have.</summary>
    internal bool IsTooLong => Products.Sum(p => (long)p.Quantity) > MaxPieces;

    /// <summary>The request's identity for idempotency: equal requests, however they were written down, have equal fingerprints.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, OrderJson.Options)));

    private static string? Blank(string? text) => Texts.IsBlank(text) ? null : text.Trim();
}
