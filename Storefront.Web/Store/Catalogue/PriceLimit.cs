using System.Globalization;

namespace Storefront.Web.Store.Catalogue;

/// <summary>A price as somebody typed it into the filter, in major units: "12", "12.50" or "12,50".</summary>
public sealed record PriceLimit
{
    /// <summary>Longer texts are no price; so much of one is shown again.</summary>
    public const int MaxLength = 15;

    /// <summary>No limit.</summary>
    public static readonly PriceLimit None = new();

    private PriceLimit()
    {
    }

    /// <summary>What stands in the field.</summary>
    public string Text { get; private init; } = "";

    /// <summary>In minor units; null when nothing was typed, or nothing that is a price.</summary>
    public long? Minor { get; private init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public PriceFault? Fault { get; private init; }

    public static PriceLimit Read(string? typed)
    {
        var text = (typed ?? "").Trim();
        text = text.Length > MaxLength ? text[..MaxLength] : text;
        return text.Length == 0 ? None
            : decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) && Money.TryToMinor(major, out var minor)
                ? Of(minor)
                : new() { Text = text, Fault = PriceFault.Unreadable };
    }

    /// <summary>The limit, written as short as it goes.</summary>
    public static PriceLimit Of(long minor) =>
        new() { Minor = minor, Text = Money.ToMajor(minor).ToString(minor % 100 == 0 ? "0" : "0.00", CultureInfo.InvariantCulture) };

    /// <summary>The upper limit, which must not be below the lower one; a fault when it is.</summary>
    public PriceLimit NotBelow(PriceLimit lower) => Minor < lower.Minor ? this with { Minor = null, Fault = PriceFault.BelowTheLower } : this;
}

/// <summary>Why a limit does not count.</summary>
public enum PriceFault
{
    /// <summary>No price: no number, a negative or a huge one, or one with more than two decimals.</summary>
    Unreadable,

    /// <summary>An upper limit that is less than the lower one.</summary>
    BelowTheLower,
}
