using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;
using Storefront.Data;

namespace Storefront.Messaging;

/// <summary>Tells what goes wrong around the shop, and passes, from what is wrong with a message or with the code that handles it, and comes again with it.</summary>
internal static class Surroundings
{
    /// <summary>
    /// Database, broker, network or disk are unwell, or the shop is closing: the same message may do well another time. (A rule of the database
    /// that was broken is none of these: the same message breaks it again.)
    /// </summary>
    public static bool AreUnwell(Exception fault) => DatabaseStatus.TroubleIn(fault) is not null || Chain(fault).Any(e =>
        e is IOException or SocketException or TimeoutException or OperationCanceledException or RabbitMQClientException or ObjectDisposedException or OutOfMemoryException);

    private static IEnumerable<Exception> Chain(Exception fault) =>
        (fault is AggregateException many ? many.InnerExceptions.SelectMany(Chain) : fault.InnerException is { } inner ? Chain(inner) : []).Prepend(fault);
}
