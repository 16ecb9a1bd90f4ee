using Storefront.Web.Passkeys;

namespace Storefront.Web.Account.Passkeys;

/// <summary>What the staff is told about passkeys.</summary>
internal static class PasskeySentences
{
    /// <summary>What the script says when the browser made nothing.</summary>
    public static readonly PasskeyTexts Script = new(
        Cancelled: "Your browser got no answer, so nothing happened. Try again.",
        Has: "This device has a passkey of yours already.",
        Failed: "Your browser could not do it. Try again, or use your password.",
        Away: "The shop did not answer. Try again in a moment.");

    public static readonly string NameFault = $"Give it a name of 1 to {PasskeyName.Most} characters, without control characters.";

    public static string Of(PasskeyFault fault) => fault switch
    {
        PasskeyFault.Stale => "This page had grown old, so nothing was sent on. Load it again, and try once more.",
        PasskeyFault.TooLarge => "Your browser sent more than any passkey has. Try another one.",
        PasskeyFault.Unknown => "Nobody who is let in has this passkey (any more). Sign in with your password.",
        PasskeyFault.Known => "This passkey is kept already.",
        PasskeyFault.TooMany => $"You have {OwnPasskeys.Most} passkeys, which is the most. Remove one that you do not use any more.",
        _ => "This was no valid answer of a passkey for this shop. Try again, or use your password.",
    };
}
