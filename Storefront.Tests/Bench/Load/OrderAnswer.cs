using System.Text;

namespace Storefront.Tests.Bench.Load;

/// <summary>The answer to a <c>POST /order</c>.</summary>
internal static class OrderAnswer
{
    /// <summary>A number with its dashes.</summary>
    private const int Length = 14;

    /// <summary>The order's number; null when the answer holds none.</summary>
    public static string? NumberIn(ReadOnlySpan<byte> answer)
    {
        var field = "\"order_num\":\""u8;
        var at = answer.IndexOf(field);
        return at < 0 ? null : Encoding.ASCII.GetString(answer.Slice(at + field.Length, Length));
    }
}
