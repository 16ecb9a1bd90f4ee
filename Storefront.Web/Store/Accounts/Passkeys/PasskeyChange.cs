namespace Storefront.Web.Store.Accounts.Passkeys;

/// <summary>What was done with a passkey; the account's page says so.</summary>
public enum PasskeyChange { Added, Renamed, Removed }
