using System.ComponentModel.DataAnnotations;
using System.Net;
using MimeKit;

namespace Storefront.Departments.Mail;

/// <summary>How the line to the mail server is kept from being listened to.</summary>
public enum MailSecurity
{
    /// <summary>In plain; for a server on the same machine.</summary>
    None,

    /// <summary>Encrypted after a plain greeting; a server that cannot is not used.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte on.</summary>
    Tls,
}

/// <summary>Section <c>Mail</c>: the server that takes the customers' mail, and who writes. Without a <see cref="Host"/> no mail is written.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>Name or address of the SMTP server; empty: no mail.</summary>
    public string? Host { get; set; }

    /// <summary>Its port; empty: 25, 587 or 465, as goes with <see cref="Security"/>.</summary>
    [Range(1, 65535, ErrorMessage = "Mail:Port must be between 1 and 65535.")]
    public int? Port { get; set; }

    /// <summary>How the line is kept private.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>The account there; empty: the server takes mail without one.</summary>
    public string? User { get; set; }

    /// <summary>The account's password.</summary>
    public string? Password { get; set; }

    /// <summary>The address that mail comes from, and that answers go to.</summary>
    public string? From { get; set; }

    /// <summary>The name beside it; empty: the shop's.</summary>
    [StringLength(100, ErrorMessage = "Mail:FromName must have at most 100 characters.")]
    public string? FromName { get; set; }

    /// <summary>Where customers reach the shop, for the links in the mail: <c>https://hopwick.example</c>.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Mails sent at the same time, in each process.</summary>
    [Range(1, 32, ErrorMessage = "Mail:Concurrency must be between 1 and 32.")]
    public int Concurrency { get; set; } = 4;

    /// <summary>Whether mail is written at all.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    internal int PortInUse => Port ?? Security switch { MailSecurity.None => 25, MailSecurity.Tls => 465, _ => 587 };

    /// <summary>Everything that is wrong with it. Settings that count for nothing without a server may stay when that is taken away, but they have to be right.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && Uri.CheckHostName(Host!.Trim()) == UriHostNameType.Unknown)
        {
            yield return new($"Mail:Host must be the name or address of a mail server, such as smtp.example.com (its port goes into Mail:Port); it is '{Host}'.", [nameof(Host)]);
        }

        if (string.IsNullOrWhiteSpace(From) ? IsOn : !IsAddress(From))
        {
            yield return new($"Mail:From must be the address that mail comes from, such as orders@hopwick.example; it is {Said(From)}.", [nameof(From)]);
        }

        if (FromName?.Any(char.IsControl) == true)
        {
            yield return new("Mail:FromName must not have control characters.", [nameof(FromName)]);
        }

        if (string.IsNullOrWhiteSpace(PublicAddress) ? IsOn : !IsPublicAddress(PublicAddress))
        {
            yield return new(
                $"Mail:PublicAddress must be the address at which customers reach the shop, such as https://hopwick.example, without a query; it is {Said(PublicAddress)}.", [nameof(PublicAddress)]);
        }

        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
        {
            yield return new("Mail:User and Mail:Password belong together: set both, or neither where the server asks for no account.", [nameof(User)]);
        }
        else if (!string.IsNullOrEmpty(Password) && Security == MailSecurity.None && IsOn && !IsThisMachine(Host!.Trim()))
        {
            yield return new("Mail:Security must be StartTls or Tls: with None, Mail:Password would be sent for everybody on the way to read.", [nameof(Security)]);
        }
    }

    private static string Said(string? value) => string.IsNullOrWhiteSpace(value) ? "empty" : $"'{value}'";

    private static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var address) && address.Address == text.Trim() && address.Domain.Length > 0;

    private static bool IsPublicAddress(string text) => Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address is { Query: "", Fragment: "", UserInfo: "" };

    private static bool IsThisMachine(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
