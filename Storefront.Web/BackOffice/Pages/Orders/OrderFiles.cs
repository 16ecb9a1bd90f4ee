using Microsoft.AspNetCore.Http.HttpResults;
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

    private static async Task<Results<FileContentHttpResult, NotFound<string>>> PickListAsync(string num, HttpContext context, PickLists lists, CancellationToken cancellationToken)
    {
        if (!OrderNumber.TryParse(num, out var number) || await lists.FindAsync(number, cancellationToken) is not { } pdf)
        {
            return TypedResults.NotFound("There is no such order.");
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"pick-list-{number}.pdf\"";
        return TypedResults.File(pdf, "application/pdf");
    }
}
