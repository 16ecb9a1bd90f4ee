namespace Storefront.Web.BackOffice.Parts;

/// <summary>What came of an action, in a sentence; a refusal changed nothing.</summary>
public sealed record ActOutcome(string Text, bool IsRefusal = false)
{
    /// <summary>It came to nothing, and why.</summary>
    public static ActOutcome Refused(string why) => new(why, IsRefusal: true);
}
