using Storefront.Catalog;

namespace Storefront.Web.BackOffice.Pages.Products.Edit;

/// <summary>A field that somebody else has changed while it was being edited.</summary>
/// <param name="Field">Which.</param>
/// <param name="Before">What both began with.</param>
/// <param name="Theirs">What the shop has now.</param>
/// <param name="IsMineToo">Whether it was edited here as well: then one of the two has to be chosen.</param>
public sealed record FieldConflict(string Field, string Before, string Theirs, bool IsMineToo);

/// <summary>What somebody else has changed under an edit.</summary>
/// <param name="By">Who it was last.</param>
/// <param name="At">When.</param>
/// <param name="Fields">The fields; empty when it was only something that is not typed.</param>
/// <param name="Others">What else is different, in words.</param>
public sealed record EditConflict(string By, DateTimeOffset At, IReadOnlyList<FieldConflict> Fields, IReadOnlyList<string> Others)
{
    /// <summary>Brings an edit up to date: fields that were not touched take what is there now, the others keep what was typed. Nothing is saved by it.</summary>
    /// <param name="mine">What was typed; changed in place.</param>
    /// <param name="seen">The product as the edit began from it.</param>
    /// <param name="now">As it is now.</param>
    public static EditConflict Of(ProductInput mine, Product seen, Product now)
    {
        var (before, theirs) = (ProductInput.Of(seen), ProductInput.Of(now));
        var fields = new List<FieldConflict>();
        foreach (var field in ProductInput.Fields.Where(f => theirs[f] != before[f] && theirs[f] != mine[f]))
        {
            fields.Add(new(field, before[field], theirs[field], IsMineToo: mine[field] != before[field]));
            if (mine[field] == before[field])
            {
                mine[field] = theirs[field];
            }
        }

        string[] others =
        [
            .. seen.IsSold == now.IsSold ? Array.Empty<string>() : [now.IsSold ? "It is sold again." : "It was archived."],
            .. seen.PictureHash == now.PictureHash ? Array.Empty<string>() : ["It has another picture."],
        ];
        return new(now.ChangedBy ?? "Somebody", now.ChangedAt ?? default, fields, others);
    }
}
