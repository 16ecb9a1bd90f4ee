using Storefront.Languages;
using Storefront.Web.Passkeys;

namespace Storefront.Web.Store.Accounts.Passkeys;

/// <summary>What customers are told about passkeys.</summary>
internal static class PasskeyWords
{
    public static string Of(this Words words, PasskeyFault fault) => words.Say(fault switch
    {
        PasskeyFault.Stale => "passkey.fault.stale",
        PasskeyFault.TooLarge => "passkey.fault.large",
        PasskeyFault.Unknown => "passkey.fault.unknown",
        PasskeyFault.Known => "passkey.has",
        PasskeyFault.TooMany => "passkey.fault.many",
        _ => "passkey.fault.refused",
    }, ("most", OwnPasskeys<Data.CustomerAccount>.Most));

    public static PasskeyTexts Script(this Words words) => new(words["passkey.cancelled"], words["passkey.has"], words["passkey.failed"], words["passkey.away"]);

    public static string NameFault(this Words words) => words.Say("passkey.name.wrong", ("most", PasskeyName.Most));
}
