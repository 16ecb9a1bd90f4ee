namespace Storefront.Web.Passkeys;

/// <summary>Why a passkey was not taken. Nothing is stored then.</summary>
public enum PasskeyFault
{
    /// <summary>The offer it answers is none of ours, not for this, or too old.</summary>
    Stale,

    /// <summary>The browser's answer is larger than any can be.</summary>
    TooLarge,

    /// <summary>No account has it (any more).</summary>
    Unknown,

    /// <summary>An account has it already.</summary>
    Known,

    /// <summary>The account has as many as it may.</summary>
    TooMany,

    /// <summary>What the browser sent is no valid answer: changed on its way, of another place, without the holder's consent.</summary>
    Refused,
}

/// <summary>How a fault is answered.</summary>
public static class PasskeyFaults
{
    public static int Status(this PasskeyFault fault) => fault switch
    {
        PasskeyFault.Stale => StatusCodes.Status400BadRequest,
        PasskeyFault.TooLarge => StatusCodes.Status413PayloadTooLarge,
        PasskeyFault.Unknown => StatusCodes.Status403Forbidden,
        PasskeyFault.Known or PasskeyFault.TooMany => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
