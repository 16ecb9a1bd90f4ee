using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MimeKit;
using Storefront.Departments.Mail;
using Storefront.Departments.Mail.Paper;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.Accounts.Pages;

namespace Storefront.Web.Store.Accounts;

/// <summary>
/// Writes the accounts' mails behind the pages. A page only hands over what was typed, so it answers alike, and as fast, whether the address has an account or not.
/// What waits is not kept over a restart: whoever misses a mail asks once more.
/// </summary>
public sealed partial class AccountPost(
    IServiceScopeFactory scopes, AccountLinks links, AccountMailWriter writer, MailServer server, IOptions<MailOptions> options, TimeProvider time, ILogger<AccountPost> log)
    : BackgroundService
{
    /// <summary>Requests that may wait; more are turned away.</summary>
    private const int Most = 1000;

    /// <summary>Mails to one address within <see cref="Window"/>, whoever asks for them: it may be a stranger's.</summary>
    private const int MostToOne = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)];

    private readonly Channel<AccountRequest> _waiting = Channel.CreateBounded<AccountRequest>(Most);

    private readonly PartitionedRateLimiter<string> _toOne = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address.ToUpperInvariant(), _ => new() { PermitLimit = MostToOne, Window = Window }));

    /// <summary>Hands a request over; false: too many wait.</summary>
    public bool TryAsk(AccountRequest request) => _waiting.Writer.TryWrite(request);

    public override void Dispose()
    {
        _toOne.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Value.IsOn
        ? Parallel.ForEachAsync(_waiting.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = options.Value.Concurrency, CancellationToken = stoppingToken }, AnswerAsync)
        : Task.CompletedTask;

    private async ValueTask AnswerAsync(AccountRequest request, CancellationToken stop)
    {
        using var lease = _toOne.AttemptAcquire(request.Email);
        for (var attempt = 0; lease.IsAcquired; attempt++)
        {
            try
            {
                if (await MailForAsync(request) is { } mail)
                {
                    await server.SendAsync(writer.Write(mail), stop);
                }

                return;
            }
            catch (MailFailedException e) when (e.IsFinal)
            {
                Log.GivenUp(log, e.Message);
                return;
            }
            catch (ParseException)
            {
                Log.GivenUp(log, "The address is none that mail can be sent to.");
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // Whatever it was: no shop is closed over a mail.
                if (attempt == Pauses.Length)
                {
                    Log.GivenUp(log, e.Message);
                    return;
                }

                Log.Again(log, e.Message, Pauses[attempt].TotalSeconds);
                await Task.Delay(Pauses[attempt], time, stop);
            }
        }
    }

    /// <summary>What is to be written; null: nothing, since nobody has an account with that address whose password could be forgotten.</summary>
    private async Task<AccountMail?> MailForAsync(AccountRequest request)
    {
        await using var scope = scopes.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<CustomerAccount>>();
        // The account's own address from here on: the one that was typed may differ from it in ways that do not count for finding it.
        return (request.Wish, await accounts.FindByEmailAsync(request.Email)) switch
        {
            (AccountWish.Register, null) => new(AccountMailKind.Confirm, request.Email, request.Language, links.PathOf(new AccountLink.Open(request.Email))),
            (AccountWish.Register, { } known) => new(AccountMailKind.Known, known.Email!, request.Language, CustomerSignInPage.Address),
            (_, { } known) => new(AccountMailKind.Reset, known.Email!, request.Language,
                links.PathOf(new AccountLink.Reset(known.Id, await accounts.GeneratePasswordResetTokenAsync(known)))),
            _ => null,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A mail about an account was not sent ({Reason}); trying again in {Pause} s")]
        public static partial void Again(ILogger log, string reason, double pause);

        [LoggerMessage(Level = LogLevel.Error, Message = "A mail about an account was given up: {Reason}")]
        public static partial void GivenUp(ILogger log, string reason);
    }
}
