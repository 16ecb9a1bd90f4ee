using Storefront.Languages;

namespace Storefront.Web.Store.Accounts;

/// <summary>What a password has to be: long, and otherwise whatever its owner likes.</summary>
internal static class ChosenPassword
{
    /// <summary>Characters; more than NIST's least, since nothing else is asked of it.</summary>
    public const int Least = 12;

    /// <summary>Characters; hashing longer ones would only be work.</summary>
    public const int Most = 200;

    /// <summary>What is the matter with it; null: nothing.</summary>
    public static string? FaultIn(string password, Words words) =>
        password.Length < Least ? words.Say("account.password.short", ("least", Least), ("length", password.Length))
        : password.Length > Most ? words.Say("account.password.long", ("most", Most), ("length", password.Length))
        : null;
}
