using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Storefront.Tests.Passkeys;

/// <summary>Passkeys that are kept, of devices that nobody has.</summary>
internal static class LostDevice
{
    public static UserPasskeyInfo PasskeyOf(string name) =>
        new(RandomNumberGenerator.GetBytes(16), [], DateTimeOffset.UnixEpoch, 0, null, true, false, false, [], []) { Name = name };
}
