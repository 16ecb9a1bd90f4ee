using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>What the staff can take away of orders: the list as a spreadsheet's file.</summary>
public static class OrderFiles
{
    public static void MapOrderFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(OfficeAddress.OrdersCsv, WriteListAsync).RequireAuthorization(OfficePolicy.View).ExcludeFromDescription();
    }

    private static async Task WriteListAsync(HttpContext context, OrderCsv csv, TimeProvider time)
    {
        var filter = OrderFilter.Read(context.Request.Query.ToDictionary(StringComparer.Ordinal));
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"orders-{time.GetLocalNow():yyyy-MM-dd}.csv\"";
        context.Response.Headers.CacheControl = "no-store";
        await csv.WriteAsync(filter, context.Response.Body, context.RequestAborted);
    }
}
