using Storefront.Departments.Warehouse;
using Storefront.Orders;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>What the staff can take away of orders: the list as a spreadsheet's file, and an order's pick list.</summary>
public static class OrderFiles
{
    public static void MapOrderFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(OfficeAddress.OrdersCsv, WriteListAsync).RequireAuthorization(OfficePolicy.View).ExcludeFromDescription();
        app.MapGet($"{OfficeAddress.Orders}/{{num}}/pick-list.pdf", PickListAsync).RequireAuthorization(OfficePolicy.View).ExcludeFromDescription();
    }

    private static async Task WriteListAsync(HttpContext context, OrderCsv csv, TimeProvider time)
    {
        var filter = OrderFilter.Read(context.Request.Query.ToDictionary(StringComparer.Ordinal));
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"orders-{time.GetLocalNow():yyyy-MM-dd}.csv\"";
        context.Response.Headers.CacheControl = "no-store";
        await csv.WriteAsync(filter, context.Response.Body, context.RequestAborted);
    }

    // No typed results: who is not signed in would get a bare 401 instead of the page to sign in at.
    private static async Task<IResult> PickListAsync(string num, HttpContext context, PickLists lists, CancellationToken cancellationToken)
    {
        if (!OrderNumber.TryParse(num, out var number) || await lists.FindAsync(number, cancellationToken) is not { } pdf)
        {
            return Results.Text("There is no such order.", statusCode: StatusCodes.Status404NotFound);
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"pick-list-{number}.pdf\"";
        return Results.Bytes(pdf, "application/pdf");
    }
}
