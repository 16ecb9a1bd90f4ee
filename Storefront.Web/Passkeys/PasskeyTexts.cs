namespace Storefront.Web.Passkeys;

/// <summary>What the script says when the browser made nothing.</summary>
/// <param name="Cancelled">The dialog was closed, or nobody answered it.</param>
/// <param name="Has">The device has one of this account already.</param>
/// <param name="Failed">The browser, or its keeper of passwords, could not do it.</param>
/// <param name="Away">The shop did not answer.</param>
public sealed record PasskeyTexts(string Cancelled, string Has, string Failed, string Away);
