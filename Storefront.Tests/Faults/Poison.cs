using System.Text;
using RabbitMQ.Client;

namespace Storefront.Tests.Faults;

/// <summary>Messages that nobody can read, for queues whose consumers must not mind.</summary>
internal static class Poison
{
    /// <summary>Unreadable on every queue.</summary>
    public static IReadOnlyList<byte[]> Kinds { get; } =
    [
        [], Utf8("""{"customer": "bob", "pri"""), Utf8("42"), Utf8("[]"), Utf8(new string('[', 1000) + new string(']', 1000)), [0xFF, 0xFE, 0x00, 0x01],
        Utf8("""{"price": 1, "customer": "\ud800", "order_num": "\udfff"}"""), Utf8($$"""{"customer": "bob", "note": "{{new string('x', 1_200_000)}}"}"""),
        Utf8("""{"customer": 7, "price": "42", "order_num": 12}"""),
    ];

    /// <summary>Puts poison on a queue and writes it down; returns when the broker has taken it.</summary>
    public static async Task SendAsync(IChannel channel, string queue, int kind, Ledger ledger, CancellationToken cancellationToken)
    {
        var id = $"poison-{Guid.NewGuid():N}";
        await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { Persistent = true, MessageId = id }, Kinds[kind % Kinds.Count], cancellationToken);
        ledger.SentPoison(id, queue);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
