using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Departments.Mail;

/// <summary>
/// The mail's desk at its queue: reads which order a message is about and has the mail sent. Of an order whose customer gave no address it asks nobody anything.
/// With no server set, nobody sits there.
/// </summary>
public sealed class MailStation(MailRuns runs, QueueConsumers consumers, DeadLetterBox letters, IOptions<MailOptions> options, ILogger<MailStation> log) : IBrokerStation
{
    /// <summary>Bound to <see cref="MailKinds.Topics"/> while a server is set.</summary>
    public static string Queue { get; } = Topology.QueueOf("mail");

    public Task RunAsync(BrokerSession session, CancellationToken stop) => options.Value.IsOn
        ? consumers.Of(Queue, options.Value.Concurrency, HandleAsync, log).RunAsync(session, stop)
        : Task.Delay(Timeout.Infinite, stop);

    /// <summary>The sending belongs to the process: when the channel goes, only the waiting for it ends.</summary>
    private Task HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var fault = EventBody.Read(delivery.Body, out var number, out var hasEmail);
        if (fault is not null || MailKinds.Of(delivery.Type) is not { } kind)
        {
            return letters.WriteAsync(delivery, fault ?? $"Nobody is written to about '{delivery.Type}'.", null, cancellationToken);
        }

        return hasEmail ? runs.RunAsync(number, kind, delivery).WaitAsync(cancellationToken) : Task.CompletedTask;
    }
}
