using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Storefront.Catalog;
using Storefront.Orders;

namespace Storefront.Web.Store.Cart;

/// <summary>A product in a basket.</summary>
/// <param name="ProductId">Which.</param>
/// <param name="Quantity">How many.</param>
/// <param name="SeenMinor">
/// What one cost when it was put in or last shown, in minor units. The basket's owner can write anything here, so it only serves to point out that the price is
/// another now; null where nobody knows, as in cookies from before prices were kept.
/// </param>
public sealed record BasketItem(int ProductId, int Quantity, long? SeenMinor = null);

/// <summary>
/// What somebody means to order, in the order of choosing, and a random id that makes one order of one basket however often it is sent.
/// Written as <c>id.2x1p1050.42x3</c>, in the visitor's cookie and in the checkout's form. What is paid is the shop's to say.
/// </summary>
public sealed record Basket(string Id, IReadOnlyList<BasketItem> Items)
{
    /// <summary>Most pieces of one product.</summary>
    public const int MaxOfOne = 99;

    /// <summary>Ten million euros, say. Dearer goods are kept without their price, so that a cookie stays short.</summary>
    private const long MaxSeenMinor = 1_000_000_000;

    /// <summary>A hundred lines with the longest numbers have less.</summary>
    private const int MaxLength = 3072;

    private const int IdBytes = 16;

    public int Pieces => Items.Sum(i => i.Quantity);

    public bool IsEmpty => Items.Count == 0;

    /// <summary>The goods as an order asks for them.</summary>
    public IReadOnlyList<Amount> Amounts => [.. Items.Select(i => new Amount(i.ProductId, i.Quantity))];

    /// <summary>The prices that were seen, in minor units by product; goods of which none is known are left out.</summary>
    public IReadOnlyDictionary<int, long> SeenPrices => Items.Where(i => i.SeenMinor is not null).ToDictionary(i => i.ProductId, i => i.SeenMinor!.Value);

    public static Basket Empty() => new(NewId(), []);

    public int QuantityOf(int productId) => Items.FirstOrDefault(i => i.ProductId == productId)?.Quantity ?? 0;

    /// <summary>
    /// With <paramref name="quantity"/> of a product, or as many as the basket's limits allow; 0 takes it out. A price that was seen before stays in mind,
    /// so that a change is still pointed out after another piece went in.
    /// </summary>
    public Basket With(int productId, int quantity, long? seenMinor = null)
    {
        var earlier = Items.FirstOrDefault(i => i.ProductId == productId);
        var room = OrderRequest.MaxPieces - (Pieces - (earlier?.Quantity ?? 0));
        var item = new BasketItem(productId, Math.Clamp(quantity, 0, Math.Min(MaxOfOne, room)), earlier?.SeenMinor ?? Kept(seenMinor));
        return this with { Items = [.. (earlier is null ? [.. Items, item] : Items.Select(i => i.ProductId == productId ? item : i)).Where(i => i.Quantity > 0)] };
    }

    /// <summary>The same goods at the prices that are shown now.</summary>
    public Basket SeenAt(Func<int, long?> price) => this with { Items = [.. Items.Select(i => i with { SeenMinor = Kept(price(i.ProductId)) })] };

    /// <summary>Those of its goods that are named.</summary>
    public Basket Only(Func<int, bool> which) => this with { Items = [.. Items.Where(i => which(i.ProductId))] };

    /// <summary>What stays after these were ordered from it, under a new id.</summary>
    public Basket Without(Basket ordered) =>
        new(NewId(), [.. Items.Select(i => i with { Quantity = i.Quantity - ordered.QuantityOf(i.ProductId) }).Where(i => i.Quantity > 0)]);

    /// <summary>The same goods as what will be another order.</summary>
    public Basket Renewed() => this with { Id = NewId() };

    /// <summary>Reads what <see cref="ToString"/> wrote. False for anything else: a basket out of anybody's hands is checked, not trusted.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Basket? basket)
    {
        basket = null;
        var parts = text is { Length: > 0 and < MaxLength } ? text.Split('.') : [];
        if (parts.Length == 0 || parts[0].Length != 2 * IdBytes || !parts[0].All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        var items = new List<BasketItem>(parts.Length - 1);
        foreach (var part in parts.Skip(1))
        {
            if (!TryParseItem(part, out var item) || items.Exists(i => i.ProductId == item.ProductId))
            {
                return false;
            }

            items.Add(item);
        }

        basket = new Basket(parts[0], items);
        return basket.Pieces <= OrderRequest.MaxPieces;
    }

    public override string ToString() => string.Join('.', Items.Select(i => $"{i.ProductId}x{i.Quantity}{(i.SeenMinor is { } seen ? $"p{seen}" : "")}").Prepend(Id));

    private static bool TryParseItem(string text, [NotNullWhen(true)] out BasketItem? item)
    {
        var (amount, price) = text.Split('p', 2) is [var before, var after] ? (before, after) : (text, null);
        item = amount.Split('x', 2) is [var id, var quantity]
            && TryParse(id, 1, int.MaxValue, out var productId)
            && TryParse(quantity, 1, MaxOfOne, out var pieces)
            && TryParse(price ?? "0", 0, MaxSeenMinor, out var seen)
            ? new BasketItem((int)productId, (int)pieces, price is null ? null : seen) : null;
        return item is not null;
    }

    /// <summary>A whole number in figures and nothing else: .NET by itself overlooks null characters behind them.</summary>
    private static bool TryParse(string text, long least, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.All(char.IsAsciiDigit) && number >= least && number <= most;

    private static long? Kept(long? priceMinor) => priceMinor is >= 0 and <= MaxSeenMinor ? priceMinor : null;

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
}
