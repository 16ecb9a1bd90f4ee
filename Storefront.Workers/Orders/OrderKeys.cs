using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>
/// The owner's proof for an order: the first 128 bits of HMAC-SHA256(shop secret, order number as written), in lower-case hex.
/// Never stored; whoever has the answer to the placing has it. The shop secret is 32 random bytes, made once in the data folder; on PostgreSQL,
/// where several machines may be one shop, in the database.
/// </summary>
public sealed class OrderKeys
{
    private const int SecretBytes = 32;
    private const int KeyBytes = 16;

    private readonly byte[] _secret;

    /// <exception cref="InvalidDataException">The secret's file is not what this class once wrote.</exception>
    /// <exception cref="System.Data.Common.DbException">The database that keeps it cannot be read.</exception>
    public OrderKeys(IOptions<DataOptions> data, SharedKeys? shared = null)
    {
        var path = data.Value.PathOf("secrets", "shop.key");
        _secret = shared?.AreUsed != true ? InFile(path)
            // One that an earlier version kept in a file stays: the keys of its orders are with their customers.
            : Convert.FromHexString(shared.GetOrAdd("shop", () => Convert.ToHexStringLower(File.Exists(path) ? InFile(path) : RandomNumberGenerator.GetBytes(SecretBytes))));
    }

    /// <summary>The key of an order.</summary>
    public string Of(OrderNumber number) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(number.ToString())).AsSpan(0, KeyBytes));

    /// <summary>Whether <paramref name="key"/> is the order's; takes as long for a wrong key as for the right one.</summary>
    public bool Matches(OrderNumber number, string? key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(number)), Encoding.UTF8.GetBytes(key ?? ""));

    private static byte[] InFile(string path)
    {
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

        var secret = File.ReadAllBytes(path);
        if (secret.Length != SecretBytes)
        {
            throw new InvalidDataException(
                $"Data:Folder: the shop's secret {path} must have {SecretBytes} bytes; it has {secret.Length}. "
                + "Put back the one it had, or delete it (which voids the keys of all orders).");
        }

        return secret;
    }

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
