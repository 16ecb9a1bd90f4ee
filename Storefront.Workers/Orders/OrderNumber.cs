using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Storefront.Orders;

/// <summary>
/// What a customer knows an order by: 60 random bits, written as twelve characters of Crockford's base 32 in three groups
/// (<c>7Q4M-X0ZB-K2TD</c>); read with or without dashes, in any case, with I and L for 1 and O for 0. A number in the database.
/// </summary>
public readonly record struct OrderNumber(long Value)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 12;

    /// <summary>A new random number. The database's unique index is the judge of the improbable repeat.</summary>
    public static OrderNumber New()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return new(BinaryPrimitives.ReadInt64LittleEndian(bytes) & ((1L << 60) - 1));
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out OrderNumber number)
    {
        number = default;
        long value = 0;
        var digits = 0;
        foreach (var c in text ?? "")
        {
            if (c == '-')
            {
                continue;
            }

            var digit = Alphabet.IndexOf(Normal(c), StringComparison.Ordinal);
            if (digit < 0 || ++digits > Length)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        number = new(value);
        return digits == Length;
    }

    public override string ToString() => string.Create(Length + 2, Value, static (text, value) =>
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (i is 4 or 9)
            {
                text[i] = '-';
                continue;
            }

            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }
    });

    private static char Normal(char c) => char.ToUpperInvariant(c) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    };
}
