using Storefront.Departments.Warehouse;
using Storefront.Orders;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Pages.Warehouse;

/// <summary>Pick lists to look at in the browser, which prints them, too.</summary>
internal static class PickListFiles
{
    public static string AddressOf(OrderNumber number) => $"{OfficeAddress.Warehouse}/pick-list/{number}.pdf";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet($"{OfficeAddress.Warehouse}/pick-list/{{number}}.pdf", FindAsync).RequireAuthorization(OfficePolicy.View).ExcludeFromDescription();

    private static async Task<IResult> FindAsync(string number, PickLists lists, HttpContext context, CancellationToken cancellationToken)
    {
        // It has a customer's name on it.
        context.Response.Headers.CacheControl = "no-store";
        return OrderNumber.TryParse(number, out var known) && await lists.FindAsync(known, cancellationToken) is { } pdf
            ? Results.Bytes(pdf, "application/pdf")
            : Results.Text("There is no pick list for this order: the warehouse has not printed it yet, or has withdrawn it because the order was cancelled.", statusCode: StatusCodes.Status404NotFound);
    }
}
