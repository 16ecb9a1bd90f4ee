using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Storefront.Catalog;
using Storefront.Orders;

namespace Storefront.Web.Store.Cart;

/// <summary>
/// What somebody means to order, in the order of choosing, and a random id that makes one order of one basket however often it is sent.
/// Written as <c>id.2x1.42x3</c>, in the visitor's cookie and in the checkout's form. It holds no prices: those are the shop's to say.
/// </summary>
public sealed record Basket(string Id, IReadOnlyList<Amount> Lines)
{
    /// <summary>Most pieces of one product.</summary>
    public const int MaxOfOne = 99;

    private const int IdBytes = 16;

    public int Pieces => Lines.Sum(l => l.Quantity);

    public bool IsEmpty => Lines.Count == 0;

    public static Basket Empty() => new(NewId(), []);

    public int QuantityOf(int productId) => Lines.FirstOrDefault(l => l.ProductId == productId)?.Quantity ?? 0;

    /// <summary>With <paramref name="quantity"/> of a product, or as many as the basket's limits allow; 0 takes it out.</summary>
    public Basket With(int productId, int quantity)
    {
        var room = OrderRequest.MaxPieces - (Pieces - QuantityOf(productId));
        var line = new Amount(productId, Math.Clamp(quantity, 0, Math.Min(MaxOfOne, room)));
        IEnumerable<Amount> lines = QuantityOf(productId) > 0 ? Lines.Select(l => l.ProductId == productId ? line : l) : [.. Lines, line];
        return this with { Lines = [.. lines.Where(l => l.Quantity > 0)] };
    }

    /// <summary>What stays after these were ordered from it, under a new id.</summary>
    public Basket Without(Basket ordered) =>
        new(NewId(), [.. Lines.Select(l => l with { Quantity = l.Quantity - ordered.QuantityOf(l.ProductId) }).Where(l => l.Quantity > 0)]);

    /// <summary>The same goods as what will be another order.</summary>
    public Basket Renewed() => this with { Id = NewId() };

    /// <summary>Reads what <see cref="ToString"/> wrote. False for anything else: a basket out of anybody's hands is checked, not trusted.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Basket? basket)
    {
        basket = null;
        var parts = text is { Length: > 0 and < 2048 } ? text.Split('.') : [];
        if (parts.Length == 0 || parts[0].Length != 2 * IdBytes || !parts[0].All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        var lines = new List<Amount>(parts.Length - 1);
        foreach (var part in parts.Skip(1))
        {
            if (!TryParseLine(part, out var line) || lines.Exists(l => l.ProductId == line.ProductId))
            {
                return false;
            }

            lines.Add(line);
        }

        basket = new Basket(parts[0], lines);
        return basket.Pieces <= OrderRequest.MaxPieces;
    }

    public override string ToString() => string.Join('.', Lines.Select(l => $"{l.ProductId}x{l.Quantity}").Prepend(Id));

    private static bool TryParseLine(string text, [NotNullWhen(true)] out Amount? line)
    {
        var x = text.IndexOf('x', StringComparison.Ordinal);
        line = x > 0
            && int.TryParse(text.AsSpan(0, x), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && int.TryParse(text.AsSpan(x + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)
            && id > 0 && quantity is > 0 and <= MaxOfOne
            ? new Amount(id, quantity) : null;
        return line is not null;
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
}
