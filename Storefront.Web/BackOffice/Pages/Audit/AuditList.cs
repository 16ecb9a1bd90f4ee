using Microsoft.EntityFrameworkCore;
using Storefront.Auditing;
using Storefront.Data;

namespace Storefront.Web.BackOffice.Pages.Audit;

/// <summary>A screenful of entries, the newest first.</summary>
public sealed record AuditSlice(IReadOnlyList<AuditEntry> Rows, bool HasNewer, bool HasOlder);

/// <summary>Reads the audit log by the screenful: keyset paging over ids, which rise with time.</summary>
public sealed class AuditList(IDbContextFactory<StoreDb> contexts)
{
    public const int SliceSize = 50;

    /// <summary>Entries that a file reads at a time.</summary>
    private const int Portion = 1000;

    /// <summary>The newest, or those next to an entry: older than <paramref name="before"/> or newer than <paramref name="after"/>.</summary>
    public async Task<AuditSlice> ReadAsync(AuditFilter filter, long? before, long? after, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = filter.Apply(db);
        if (after is { } bottom)
        {
            var upward = await all.Where(e => e.Id > bottom).OrderBy(e => e.Id).Take(SliceSize + 1).ToListAsync(cancellationToken);
            if (upward.Count > SliceSize)
            {
                return new([.. upward.Take(SliceSize).Reverse()], HasNewer: true, HasOlder: true);
            }

            // That was the top: a full screen from there, and not the few that were left.
            before = null;
        }

        var rows = await Older(all, before).Take(SliceSize + 1).ToListAsync(cancellationToken);
        return new([.. rows.Take(SliceSize)], HasNewer: before is not null, HasOlder: rows.Count > SliceSize);
    }

    /// <summary>All that the filter finds, the newest first, read as it is taken: nothing is held meanwhile, neither rows nor a snapshot of the database.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<AuditEntry> portion;
        long? before = null;
        do
        {
            await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            {
                portion = await Older(filter.Apply(db), before).Take(Portion).ToListAsync(cancellationToken);
            }

            foreach (var entry in portion)
            {
                yield return entry;
            }

            before = portion.Count > 0 ? portion[^1].Id : before;
        }
        while (portion.Count == Portion);
    }

    private static IQueryable<AuditEntry> Older(IQueryable<AuditEntry> entries, long? than) =>
        (than is { } id ? entries.Where(e => e.Id < id) : entries).OrderByDescending(e => e.Id);
}
