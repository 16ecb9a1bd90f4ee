namespace Storefront.Web.Passkeys;

/// <summary>What the browser made of a <see cref="PasskeyOffer"/>, as <c>passkeys.js</c> puts it into its form.</summary>
public sealed class PasskeyAnswer
{
    /// <summary>Characters of a credential; with the attestation of a security chip it has some 10,000.</summary>
    public const int Most = 32 * 1024;

    /// <summary>The offer's state, unchanged.</summary>
    public string? State { get; set; }

    /// <summary>The credential as JSON.</summary>
    public string? Credential { get; set; }
}
