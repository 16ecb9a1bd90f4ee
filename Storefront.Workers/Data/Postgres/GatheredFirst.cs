using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Storefront.Data.Postgres;

/// <summary>What has been gathered for the server is sent before what EF Core asks of it or writes, so that everything happens in the order of the code.</summary>
internal sealed class GatheredFirst : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await FlushAsync(eventData, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await FlushAsync(eventData, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await FlushAsync(eventData, cancellationToken);
        return result;
    }

    private static Task FlushAsync(CommandEventData eventData, CancellationToken cancellationToken) =>
        eventData.Context is PostgresStoreDb db ? db.FlushAsync(cancellationToken) : Task.CompletedTask;
}
