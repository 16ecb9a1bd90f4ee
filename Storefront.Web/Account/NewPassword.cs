namespace Storefront.Web.Account;

/// <summary>What a password of the staff has to be: long, and otherwise whatever its owner likes.</summary>
internal static class NewPassword
{
    /// <summary>Characters; more than NIST's least, since nothing else is asked of it.</summary>
    public const int Least = 12;

    /// <summary>Characters; hashing longer ones would only be work.</summary>
    public const int Most = 200;

    /// <summary>What is the matter with it; null: nothing.</summary>
    public static string? FaultIn(string? password) => password?.Length switch
    {
        null or 0 => $"Choose a password of at least {Least} characters.",
        < Least => $"The password has {password.Length} characters; it needs at least {Least}. A few words in a row do well.",
        > Most => $"The password has {password.Length} characters; {Most} are the most.",
        _ => null,
    };
}
