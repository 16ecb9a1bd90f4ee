using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;
using Storefront.Web.Store;

namespace Storefront.Web.BackOffice.Pages.Audit;

/// <summary>The audit log as a CSV file, as long as it is: it is written while it is read.</summary>
public static class AuditFile
{
    public const string Address = $"{OfficeAddress.Audit}.csv";

    public static void MapAuditFile(this IEndpointRouteBuilder app) =>
        app.MapGet(Address, WriteAsync).RequireAuthorization(OfficePolicy.Manage).WithMetadata(new PersonalPageAttribute()).ExcludeFromDescription();

    private static IResult WriteAsync(AuditList list, TimeProvider time, string? who, string? action, string? subject, CancellationToken cancellationToken) => Results.Stream(
        async body =>
        {
            await using var file = Csv.Writer(body);
            await file.WriteLineAsync("at,who,action,subject,detail");
            await foreach (var entry in list.AllAsync(AuditFilter.Read(who, action, subject), cancellationToken))
            {
                await file.WriteLineAsync(string.Join(',', entry.At.UtcDateTime.ToString("O"), Csv.Cell(entry.Who), Csv.Cell(entry.Action), Csv.Cell(entry.Subject), Csv.Cell(entry.Detail ?? "")));
            }
        },
        "text/csv; charset=utf-8", $"audit-{time.GetUtcNow():yyyy-MM-dd}.csv");
}
