using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Storefront.Departments.Mail;

/// <summary>Hands mail to the SMTP server, each over a line of its own.</summary>
public sealed class MailServer(IOptions<MailOptions> options)
{
    /// <summary>A mail that took longer is tried again; well within the time after which a broker takes its message back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns when the server has taken the mail.</summary>
    /// <exception cref="MailFailedException">It has not, or not said so.</exception>
    /// <exception cref="OperationCanceledException">Told to stop; whether the server has it is not known.</exception>
    public async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Patience);
        try
        {
            using var client = new SmtpClient();
            await client.ConnectAsync(options.Value.Host!.Trim(), options.Value.PortInUse, Secured(options.Value.Security), bounded.Token);
            if (!string.IsNullOrEmpty(options.Value.User))
            {
                await client.AuthenticateAsync(options.Value.User, options.Value.Password!, bounded.Token);
            }

            await client.SendAsync(mail, bounded.Token);
            await LeaveAsync(client);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw MailFailedException.Of(e);
        }
    }

    /// <summary>The mail is with the server, whatever becomes of the farewell.</summary>
    private static async Task LeaveAsync(SmtpClient client)
    {
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.DisconnectAsync(quit: true, moment.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or MailKit.ProtocolException or MailKit.CommandException)
        {
            // It hung up first.
        }
    }

    private static SecureSocketOptions Secured(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };
}
