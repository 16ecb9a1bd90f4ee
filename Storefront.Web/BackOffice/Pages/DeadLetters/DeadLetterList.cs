using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.DeadLetters;

/// <summary>A dead letter as a row of the list; without its body, which may be large.</summary>
public sealed record ListedLetter(long Id, DateTimeOffset At, string Queue, string? Type, string? CorrelationId, string Reason, int Attempts);

/// <summary>A screenful of dead letters, the newest first, and how many there are in all.</summary>
public sealed record LetterSlice(IReadOnlyList<ListedLetter> Rows, bool HasOlder, Capped Total);

/// <summary>A dead letter with everything that is known of it. <paramref name="Body"/> holds its first <see cref="DeadLetterList.MostBytes"/> bytes.</summary>
public sealed record OpenedLetter(
    long Id, DateTimeOffset At, string Queue, string? MessageId, string? Type, string? CorrelationId, byte[] Body, int BodyLength,
    string Headers, string Reason, string? Detail, int Attempts);

/// <summary>Reads dead letters. Reading only: replaying and discarding them is not here yet.</summary>
public sealed class DeadLetterList(IDbContextFactory<StoreDb> contexts)
{
    public const int SliceSize = 30;

    /// <summary>As much of a body as a person reads; a message may have megabytes.</summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>The newest, or those older than the letter <paramref name="before"/>.</summary>
    public async Task<LetterSlice> ReadAsync(long? before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var total = await db.DeadLetters.OrderBy(l => l.Id).CountCappedAsync(cancellationToken);
        var rows = await db.DeadLetters.Where(l => before == null || l.Id < before).OrderByDescending(l => l.Id).Take(SliceSize + 1)
            .Select(l => new ListedLetter(l.Id, l.At, l.Queue, l.Type, l.CorrelationId, l.Reason, l.Attempts)).ToListAsync(cancellationToken);
        return new([.. rows.Take(SliceSize)], rows.Count > SliceSize, total);
    }

    /// <summary>One letter; null when there is none of that id.</summary>
    public async Task<OpenedLetter?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var letter = await db.DeadLetters.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        return letter is null ? null : new(
            letter.Id, letter.At, letter.Queue, letter.MessageId, letter.Type, letter.CorrelationId,
            letter.Body.Length > MostBytes ? letter.Body[..MostBytes] : letter.Body, letter.Body.Length,
            letter.Headers, letter.Reason, letter.Detail, letter.Attempts);
    }
}
