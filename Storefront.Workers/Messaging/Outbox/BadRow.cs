using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging.Outbox;

/// <summary>Tells a publish that failed because of what was published from one that failed because of broker or network.</summary>
internal static class BadRow
{
    private const ushort AccessRefused = 403;

    /// <summary>What a broker answers to what was sent, by closing the channel or, the last two, the connection; all other codes tell of its own state.</summary>
    private static readonly ushort[] Answers = [311 /* content too large */, AccessRefused, 404 /* not found */, 406 /* precondition failed */, 501 /* frame error */, 502 /* syntax error */];

    /// <summary>Why a message would not go out, in the words of broker or client; null when it may not be the message's doing.</summary>
    public static string? ReasonIn(Exception fault) => fault switch
    {
        OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer } reason } when Answers.Contains(reason.ReplyCode) => reason.ReplyText,
        _ when Surroundings.AreUnwell(fault) => null,
        // The client refuses to write it.
        _ => fault.Message,
    };

    /// <summary>The account may not write there. Somebody changed its rights, and is to change them back: not a message's doing, whichever of them meets it.</summary>
    public static bool IsForbidden(Exception fault) => fault is OperationInterruptedException { ShutdownReason.ReplyCode: AccessRefused };
}
