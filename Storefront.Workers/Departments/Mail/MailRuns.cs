using Microsoft.Extensions.Hosting;
using Storefront.Departments.Mail.Paper;
using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Departments.Mail;

/// <summary>
/// Sends mails: claim (committed before anything is sent) → write → hand to the server → one closing commit. SMTP knows no keys, so a crash between the server's
/// "250" and that commit sends the mail a second time, under the same Message-ID (<see cref="MailWriter.MessageIdOf"/>): at least once, and recognisable.
/// </summary>
public sealed class MailRuns(MailCommits commits, MailWriter writer, MailServer server) : IHostedService, IDisposable
{
    private readonly JoinedRuns<(OrderNumber, MailKind)> _running = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Sees to it that this mail has been dealt with; returns when the message may be acked.</summary>
    /// <exception cref="OperationCanceledException">The shop is closing; the message is not to be acked.</exception>
    public Task RunAsync(OrderNumber number, MailKind kind, Delivery delivery) => _running.RunAsync((number, kind), delivery, () => SendAsync(number, kind, delivery));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is still on its way has had its time: it is given back.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_closing.IsCancellationRequested)
        {
            await _closing.CancelAsync();
        }

        await _running.EndAsync(cancellationToken);
    }

    public void Dispose() => _closing.Dispose();

    private async Task SendAsync(OrderNumber number, MailKind kind, Delivery delivery)
    {
        if (await commits.ClaimAsync(number, kind, delivery, _closing.Token) is not { } job)
        {
            return;
        }

        try
        {
            await server.SendAsync(await writer.WriteAsync(job, _closing.Token), _closing.Token);
            FailPoint.Passed(FailPoint.MailSent);
            await commits.FinishAsync(job);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            await commits.GiveBackAsync(job);
            throw;
        }
        catch (Exception e)
        {
            // Whatever it was, it is a failed attempt; the answer is another one, or a dead letter.
            await commits.FailAsync(job, delivery, MailFailedException.Of(e));
        }
    }
}
