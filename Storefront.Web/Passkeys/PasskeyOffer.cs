using System.Text.Json;

namespace Storefront.Web.Passkeys;

/// <summary>What a page's script begins with: the options for the browser (WebAuthn's JSON), and the state that comes back with its answer.</summary>
public sealed record PasskeyOffer(string Options, string State)
{
    /// <summary>The answer to the script.</summary>
    public IResult ToResult()
    {
        using var options = JsonDocument.Parse(Options);
        return Results.Json(new { options = options.RootElement.Clone(), state = State });
    }

    /// <summary>Says to the script why there is none; it is shown as it is.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="fault">A sentence in the visitor's language.</param>
    /// <param name="field">The id of the field that is to blame; null: none.</param>
    public static IResult Refused(int status, string fault, string? field = null) => Results.Json(new { fault, field }, statusCode: status);
}
