namespace Storefront.Web.Passkeys;

/// <summary>What somebody calls a passkey, so that they know it again in a list.</summary>
public static class PasskeyName
{
    /// <summary>Characters.</summary>
    public const int Most = 60;

    /// <summary>The name as it is kept; false: it is empty, too long, or has what is not to be seen.</summary>
    public static bool TryRead(string? typed, out string name)
    {
        name = typed?.Trim() ?? "";
        return name.Length is > 0 and <= Most && !name.Any(char.IsControl);
    }
}
