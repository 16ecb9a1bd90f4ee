using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Storefront.Tests.Account;

/// <summary>What an authenticator app on a phone does: RFC 6238 with HMAC-SHA1, 30 seconds and six digits.</summary>
internal static class AuthenticatorApp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The code that it shows now.</summary>
    public static string CodeOf(string key)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // It is what the RFC says and apps do.
        var hash = HMACSHA1.HashData(Bytes(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return $"{number % 1_000_000:D6}";
    }

    private static byte[] Bytes(string key)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in key)
        {
            (bits, held) = (((bits << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xfff, held + 5);
            if (held >= 8)
            {
                held -= 8;
                bytes.Add((byte)(bits >> held));
            }
        }

        return [.. bytes];
    }
}
