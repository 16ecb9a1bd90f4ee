using System.Text.Json;

namespace Storefront.Web.Account;

/// <summary>Where earlier versions kept the one password that the staff had. It is read at the first start of this one, and is gone afterwards.</summary>
internal static class EarlierStaffFile
{
    /// <summary>The password's hash, in Identity's format; null: there is no such file.</summary>
    /// <exception cref="InvalidDataException">It cannot be read; the message says what to do.</exception>
    public static string? Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            if (JsonSerializer.Deserialize<Secret>(File.ReadAllBytes(path), JsonSerializerOptions.Web) is not { Hash: { } hash })
            {
                throw new JsonException("It has no hash.");
            }

            // Said at the start, not at the first sign-in.
            _ = Convert.FromBase64String(hash);
            return hash;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new InvalidDataException($"{path} cannot be used: {e.Message} Delete it, and the next start makes a new staff password.", e);
        }
    }

    private sealed record Secret(string? Hash);
}
