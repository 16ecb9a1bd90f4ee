using Storefront.Languages;

namespace Storefront.Departments.Mail;

/// <summary>What somebody is written about an account, a customer's or one of the staff.</summary>
public enum AccountMailKind
{
    /// <summary>Somebody wants an account with this address: the link proves that they read its mail.</summary>
    Confirm,

    /// <summary>Somebody wants an account with an address that has one.</summary>
    Known,

    /// <summary>Somebody wants another password: the link lets them choose it.</summary>
    Reset,

    /// <summary>A manager asks somebody to join the staff: with the link they choose name and password.</summary>
    Invitation,
}

/// <summary>One mail about an account. It is not kept: whoever misses it asks once more.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Address">Whom it goes to.</param>
/// <param name="Language">The language it was asked for in.</param>
/// <param name="Path">Where its link leads, at the shop's public address.</param>
public sealed record AccountMail(AccountMailKind Kind, string Address, Language Language, string Path);
