using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Storefront.Web.Api;

/// <summary>Reads a request's body as a JSON object, or says what keeps it from being one.</summary>
internal static class JsonBody
{
    /// <summary>Largest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The object, to be disposed of, or the problem; one of them is null.</summary>
    public static async Task<(JsonDocument? Json, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsJson(request))
        {
            var came = request.ContentType is { Length: > 0 } type ? $"it came as {type}" : "it came without a Content-Type";
            return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Not JSON content",
                $"The body must be JSON in UTF-8, sent with Content-Type: application/json; {came}."));
        }

        if (request.ContentLength > MaxBytes)
        {
            return (null, TooLarge());
        }

        // One byte more than allowed tells too much from just enough.
        var room = (int)(request.ContentLength ?? MaxBytes) + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, room), room, throwOnEndOfStream: false, cancellationToken);
            return length > MaxBytes ? (null, TooLarge()) : Parse(buffer.AsSpan(0, length));
        }
        catch (BadHttpRequestException e)
        {
            return (null, Problems.Of(e.StatusCode, "The body could not be read", e.Message));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (JsonDocument? Json, ProblemHttpResult? Problem) Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ByteOrderMark))
        {
            bytes = bytes[ByteOrderMark.Length..];
        }

        try
        {
            // A copy, since the document keeps the bytes it reads.
            var json = JsonDocument.Parse(bytes.ToArray());
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return (json, null);
            }

            var kind = JsonFields.Kind(json.RootElement);
            json.Dispose();
            return (null, NotAnObject($"it is {kind}"));
        }
        catch (JsonException e)
        {
            return (null, NotAnObject(bytes.IsEmpty
                ? "it is empty"
                : $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} does not fit (names and texts stand in double quotes)"));
        }
    }

    private static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType()
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static ProblemHttpResult NotAnObject(string what) => Problems.Of(
        StatusCodes.Status400BadRequest, "Not a JSON object",
        $$"""The body must be a JSON object such as {"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}; {{what}}.""");

    private static ProblemHttpResult TooLarge() => Problems.Of(
        StatusCodes.Status413PayloadTooLarge, "Body too large", $"An order may have at most {MaxBytes / 1024} KiB ({MaxBytes} bytes); this one has more.");
}
