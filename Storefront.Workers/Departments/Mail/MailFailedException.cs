using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using MimeKit;

namespace Storefront.Departments.Mail;

/// <summary>
/// Why a mail was not sent, in words that may be kept: what the server said, without anybody's address. (Servers like to repeat the one they refuse,
/// and this ends up in logs and dead letters.)
/// </summary>
public sealed partial class MailFailedException : Exception
{
    /// <summary>Characters that are kept, and that are looked through for addresses.</summary>
    private const int Kept = 500, Read = 2000;

    private readonly string? _trace;

    private MailFailedException(string message, bool isFinal, string? trace = null) : base(message) => (IsFinal, _trace) = (isFinal, trace);

    /// <summary>It would be the same the next time: the server refuses the recipient or the mail for good.</summary>
    public bool IsFinal { get; }

    public override string? StackTrace => _trace ?? base.StackTrace;

    /// <summary>What a failed attempt means. What the server refuses because of the shop itself (its account, its own address) passes once somebody has put it right.</summary>
    public static MailFailedException Of(Exception fault) => fault switch
    {
        MailFailedException already => already,
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refused => Refused("the recipient", refused),
        SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted } refused => Refused("the mail", refused),
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } refused => new($"The mail server refused the sender, Mail:From ({(int)refused.StatusCode}): {Discreet(refused.Message)}", isFinal: false),
        SmtpCommandException other => new($"The mail server refused ({(int)other.StatusCode}): {Discreet(other.Message)}", isFinal: false),
        MailKit.Security.AuthenticationException account => new($"The mail server refused Mail:User and Mail:Password: {Discreet(account.Message)}", isFinal: false),
        MailKit.Security.SslHandshakeException line => new($"The line to the mail server cannot be made private: {Discreet(line.Message.Split('\n')[0])}", isFinal: false),
        OperationCanceledException or TimeoutException => new("The mail server does not answer.", isFinal: false),
        IOException or System.Net.Sockets.SocketException or MailKit.ProtocolException => new($"The mail server cannot be used: {Discreet(fault.Message)}", isFinal: false),
        ParseException => new("The customer's address is none that mail can be sent to.", isFinal: true),
        // The server lacks something that this mail needs (an address beyond ASCII), or that the settings ask for (STARTTLS).
        NotSupportedException lack => new($"The mail server cannot do what is needed: {Discreet(lack.Message)}", isFinal: false),
        _ => new($"Writing the mail failed ({fault.GetType().Name}): {Discreet(fault.Message)}", isFinal: false, fault.StackTrace),
    };

    private static MailFailedException Refused(string what, SmtpCommandException fault) =>
        new($"The mail server refused {what} ({(int)fault.StatusCode}): {Discreet(fault.Message)}", isFinal: (int)fault.StatusCode >= 500);

    private static string Discreet(string words)
    {
        var plain = Addresses().Replace(Cut(words.ReplaceLineEndings(" ").Trim(), Read), "(address)");
        return Cut(plain, Kept);
    }

    private static string Cut(string words, int most) => words.Length <= most ? words : words[..most] + "…";

    [GeneratedRegex("""("[^"]*"|[^\s<>()\[\],;:"']+)@[^\s<>(),;:"']+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Addresses();
}
