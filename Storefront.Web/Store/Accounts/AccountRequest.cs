using Storefront.Languages;

namespace Storefront.Web.Store.Accounts;

/// <summary>What somebody wants who typed an address.</summary>
public enum AccountWish { Register, Forgot }

/// <summary>Somebody typed an address; whose it is and whether it has an account is looked up where nobody waits for it.</summary>
public sealed record AccountRequest(AccountWish Wish, string Email, Language Language);
