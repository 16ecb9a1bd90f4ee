using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Storefront.Auditing;
using Storefront.Data;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>
/// The one way to change the staff: one change at a time, on whatever node, so that two managers cannot demote each other; then open pages are told, and the audit log.
/// </summary>
public sealed class StaffChanges(IServiceScopeFactory scopes, StaffRoster roster, StoreWrites writes, AuditLog audit)
{
    /// <summary>Key of the advisory lock of whoever changes the staff.</summary>
    private const long Turn = 0x73746167;

    /// <summary>What a change says that Identity did not keep: somebody signed in, or was changed, in the same moment.</summary>
    internal static readonly StaffChange Crossed = StaffChange.Refused("Something else changed in the same moment, so nothing was changed here. Try again.");

    /// <summary>Runs a change and keeps it, unless it is refused.</summary>
    /// <param name="by">Who does it, as it is to be shown.</param>
    /// <param name="change">Awaits nothing but the database.</param>
    /// <returns>Why it was refused; null: it was not.</returns>
    /// <exception cref="System.Data.Common.DbException">A database refused. If it was the shop's, the change stands and the audit log does not say so.</exception>
    public async Task<string?> RunAsync(string by, Func<StaffMembers, StaffDb, Task<StaffChange>> change)
    {
        var made = await ChangeAsync(change);
        if (made.Refusal is not null)
        {
            return made.Refusal;
        }

        if (made.Member is { } member)
        {
            roster.Tell(member);
        }

        // On SQLite the staff's database is another file than the log's, so there is no commit for both: what is written here comes right after, and a crash between the two
        // leaves a change that the log does not tell. The other way round it would tell of changes that never were.
        await writes.RunAsync(async (db, ct) =>
        {
            audit.Add(db, by, made.Action, made.Subject, made.Detail);
            return await db.SaveChangesAsync(ct);
        }, CancellationToken.None);
        return null;
    }

    /// <summary>The change, if Identity kept it.</summary>
    internal static StaffChange If(IdentityResult kept, StaffChange change) => kept.Succeeded ? change : Crossed;

    private async Task<StaffChange> ChangeAsync(Func<StaffMembers, StaffDb, Task<StaffChange>> change)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StaffDb>();
        // On SQLite it begins as a writer's, of whom there is one at a time.
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_xact_lock({Turn})");
        }

        var made = await change(scope.ServiceProvider.GetRequiredService<StaffMembers>(), db);
        if (made.Refusal is null)
        {
            await transaction.CommitAsync();
        }

        return made;
    }
}
