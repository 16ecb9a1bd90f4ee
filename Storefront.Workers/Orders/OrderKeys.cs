using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>
/// The owner's proof for an order: the first 128 bits of HMAC-SHA256(shop secret, order number as written), in lower-case hex.
/// Never stored, so nobody can read it out of the database; whoever has the answer to the placing has it.
/// The shop secret is 32 random bytes, made once in the data folder.
/// </summary>
public sealed class OrderKeys
{
    private const int SecretBytes = 32;
    private const int KeyBytes = 16;

    private readonly byte[] _secret;

    /// <exception cref="InvalidDataException">The secret's file is not what this class once wrote.</exception>
    public OrderKeys(IOptions<DataOptions> data)
    {
        var path = data.Value.PathOf("secrets", "shop.key");
        if (!File.Exists(path))
        {
            // Of several processes that start together one makes it, the others find it made. (Moving a file without overwriting
            // is no such promise: .NET looks first and moves then.)
            using var alone = HoldAlone(path + ".lock");
            if (!File.Exists(path))
            {
                PrivateFile.Write(path, RandomNumberGenerator.GetBytes(SecretBytes));
            }
        }

        _secret = File.ReadAllBytes(path);
        if (_secret.Length != SecretBytes)
        {
            throw new InvalidDataException(
                $"Data:Folder: the shop's secret {path} must have {SecretBytes} bytes; it has {_secret.Length}. "
                + "Put back the one it had, or delete it (which voids the keys of all orders).");
        }
    }

    /// <summary>The key of an order.</summary>
    public string Of(OrderNumber number) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(number.ToString())).AsSpan(0, KeyBytes));

    /// <summary>Whether <paramref name="key"/> is the order's; takes as long for a wrong key as for the right one.</summary>
    public bool Matches(OrderNumber number, string? key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(number)), Encoding.UTF8.GetBytes(key ?? ""));

    /// <summary>Waits until no other process holds the file; the operating system lets go of it with its process.</summary>
    private static FileStream HoldAlone(string path)
    {
        for (var left = 500; ; left--)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (left > 0)
            {
                Thread.Sleep(10);
            }
        }
    }
}
