using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Storefront.Data.Postgres;

namespace Storefront.Data;

/// <summary>PostgreSQL needs to be told where it is; SQLite does not.</summary>
internal sealed class UsableDatabase(IConfiguration configuration) : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options) =>
        options.Provider == DatabaseProvider.Postgres && PostgresConnection.FaultIn(configuration.GetConnectionString("Store")) is { } fault
            ? ValidateOptionsResult.Fail(fault)
            : ValidateOptionsResult.Success;
}
