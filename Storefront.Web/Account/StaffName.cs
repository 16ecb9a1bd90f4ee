using System.Globalization;

namespace Storefront.Web.Account;

/// <summary>The name of a member of the staff, as it is signed in with and shown.</summary>
internal static class StaffName
{
    public const int Most = 60;

    public const string Rule = "2 to 60 letters, digits, spaces, dots, dashes or apostrophes, beginning with a letter.";

    /// <summary>The name, with single spaces; false: it is none.</summary>
    public static bool TryRead(string? typed, out string name)
    {
        name = string.Join(' ', (typed ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length is >= 2 and <= Most && char.IsLetter(name[0]) && name.All(IsPossible);
    }

    // No @, which tells an address from a name; and nothing that is not to be seen, or turns what stands around it.
    private static bool IsPossible(char c) =>
        char.IsLetterOrDigit(c) || c is ' ' or '.' or '-' or '\'' or '’' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
