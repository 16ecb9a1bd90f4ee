using Microsoft.Extensions.Options;
using MimeKit;
using Storefront.Departments.Mail;
using Storefront.Departments.Mail.Paper;
using Storefront.Languages;

namespace Storefront.Web.Account.Invitations;

/// <summary>Mails an invitation's link, where the shop can write mail. It is sent while the manager waits, who has the link on the screen as well.</summary>
public sealed partial class InvitationMail(AccountMailWriter writer, MailServer server, IOptions<MailOptions> options, ILogger<InvitationMail> log)
{
    /// <summary>What to tell the manager of it; null: there is nothing to send, or nobody to send it to.</summary>
    public async Task<string?> SendAsync(string? email, string path, CancellationToken cancellationToken)
    {
        if (!options.Value.IsOn || !StaffEmail.TryRead(email, out var address) || address is null)
        {
            return null;
        }

        try
        {
            await server.SendAsync(writer.Write(new(AccountMailKind.Invitation, address, Language.English, path)), cancellationToken);
            return $"It was mailed to {address}.";
        }
        catch (Exception e) when (e is MailFailedException or ParseException)
        {
            Log.NotSent(log, e.Message);
            return $"It could not be mailed to {address} ({e.Message.TrimEnd('.')}). Hand over the link yourself.";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "An invitation was not mailed: {Reason}")]
        public static partial void NotSent(ILogger log, string reason);
    }
}
