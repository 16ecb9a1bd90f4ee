using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Orders;

namespace Storefront.Web.Api;

/// <summary>What the API says when it cannot do as asked: problem+json (RFC 9457) with a sentence a person can act on.</summary>
internal static class Problems
{
    /// <summary>A problem; <paramref name="faults"/> become the member <c>errors</c>: field → messages, as in ASP.NET Core's validation problems.</summary>
    public static ProblemHttpResult Of(
        int status, string title, string detail, IEnumerable<Fault>? faults = null, IEnumerable<KeyValuePair<string, object?>>? more = null)
    {
        var members = new Dictionary<string, object?>(more ?? [], StringComparer.Ordinal);
        if (faults is not null)
        {
            members["errors"] = faults.GroupBy(f => f.Field, f => f.Message, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        }

        return TypedResults.Problem(detail, statusCode: status, title: title, extensions: members);
    }

    /// <summary>404 for a number that no order has, or that is none.</summary>
    public static ProblemHttpResult NoSuchOrder(string typed) => Of(StatusCodes.Status404NotFound, "No such order", OrderNumber.TryParse(typed, out var number)
        ? $"There is no order {number}."
        : "There is no such order: an order number has twelve letters and digits, written like 7Q4M-X0ZB-K2TD.");
}
