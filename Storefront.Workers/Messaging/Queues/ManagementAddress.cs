using RabbitMQ.Client;

namespace Storefront.Messaging.Queues;

/// <summary>Where the management API is, and who asks there.</summary>
/// <param name="Root">Its address, with a closing slash.</param>
/// <param name="User">The account.</param>
/// <param name="Password">Its password.</param>
/// <param name="Host">The virtual host whose queues are ours.</param>
internal sealed record ManagementAddress(Uri Root, string User, string Password, string Host)
{
    private const string Off = "off";

    public static bool IsOff(string setting) => setting.Trim().Equals(Off, StringComparison.OrdinalIgnoreCase);

    public static bool IsAddress(string setting) => Uri.TryCreate(setting.Trim(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address is { Query: "", Fragment: "" };

    /// <summary>Where to ask; null, with the reason, where nobody is asked.</summary>
    public static ManagementAddress? Of(BrokerOptions options, out string reason)
    {
        reason = "";
        var broker = new ConnectionFactory { Uri = options.Address };
        var setting = options.Management?.Trim() ?? "";
        if (IsOff(setting))
        {
            reason = "Broker:Management is off";
            return null;
        }

        if (setting.Length == 0)
        {
            // An encrypted broker's password does not go over the line in plain.
            var (usual, scheme, port) = broker.Ssl.Enabled ? (5671, Uri.UriSchemeHttps, 15671) : (5672, Uri.UriSchemeHttp, 15672);
            if (broker.Endpoint.Port != usual)
            {
                // At the usual address another broker may answer, whose figures would be taken for this one's.
                reason = $"the broker is not at its usual port, so Broker:Management has to say where its management API is";
                return null;
            }

            return new(new UriBuilder(scheme, broker.HostName, port).Uri, broker.UserName, broker.Password, broker.VirtualHost);
        }

        var address = new Uri(setting);
        var account = address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var root = new UriBuilder(address) { UserName = "", Password = "", Path = address.AbsolutePath.TrimEnd('/') + "/" }.Uri;
        return account is [{ Length: > 0 } user, var password] ? new(root, user, password, broker.VirtualHost) : new(root, broker.UserName, broker.Password, broker.VirtualHost);
    }
}
