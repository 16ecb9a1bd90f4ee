using System.Buffers.Text;

namespace Storefront.Tests.Bench.Load;

/// <summary>As much of HTTP/1.1's answers as the load generator needs: where one ends, and its status. Chunked or with a length; never a HEAD's.</summary>
internal static class HttpAnswer
{
    /// <summary>The status code, once the first line is there; 0 for anything that is no answer.</summary>
    public static int StatusOf(ReadOnlySpan<byte> answer) =>
        answer.Length >= 12 && answer.StartsWith("HTTP/1."u8) && Utf8Parser.TryParse(answer[9..12], out int status, out _) ? status : 0;

    /// <summary>Bytes that the first answer in <paramref name="received"/> takes, its head included; 0 while it is not complete.</summary>
    /// <exception cref="InvalidDataException">It is neither chunked nor says how long it is.</exception>
    public static int LengthOf(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        var head = received[..(end + 2)];
        var body = end + 4;
        if (ValueOf(head, "\r\nContent-Length: "u8) is { IsEmpty: false } length)
        {
            return Utf8Parser.TryParse(length, out int bytes, out _) && received.Length - body >= bytes ? body + bytes : 0;
        }

        if (ValueOf(head, "\r\nTransfer-Encoding: "u8).StartsWith("chunked"u8))
        {
            var chunks = ChunksOf(received[body..]);
            return chunks == 0 ? 0 : body + chunks;
        }

        return StatusOf(received) is 204 or 304 ? body : throw new InvalidDataException("The answer does not say how long it is.");
    }

    /// <summary>What follows a header's name, up to the end of its line. Kestrel writes them as they are asked for here.</summary>
    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        if (at < 0)
        {
            return default;
        }

        var value = head[(at + name.Length)..];
        return value[..value.IndexOf("\r\n"u8)];
    }

    private static int ChunksOf(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (true)
        {
            var line = body[at..].IndexOf("\r\n"u8);
            if (line <= 0 || !Utf8Parser.TryParse(body.Slice(at, line), out int size, out _, 'x'))
            {
                return 0;
            }

            at += line + 2 + size + 2;
            if (at > body.Length)
            {
                return 0;
            }

            if (size == 0)
            {
                return at;
            }
        }
    }
}
