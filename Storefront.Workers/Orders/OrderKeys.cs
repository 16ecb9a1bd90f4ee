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
            Make(path);
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

    // Written aside and moved: a crash leaves no half a secret, and of two processes starting together one wins.
    private static void Make(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var file = new FileStream(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(SecretBytes));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster: its secret is the shop's.
            File.Delete(draft);
        }
    }
}
