using Microsoft.EntityFrameworkCore;

namespace Storefront.Web.BackOffice.Feed;

/// <summary>A count that stops counting: beyond <see cref="Max"/> it only matters that there are many, and counting on would make the page slow.</summary>
public readonly record struct Capped(int Count)
{
    public const int Max = 10_000;

    /// <summary>How many rows a query has to look at to tell.</summary>
    public const int Probe = Max + 1;

    public bool IsMore => Count > Max;

    public override string ToString() => IsMore ? $"{Max:N0}+" : Count.ToString("N0");
}

public static class CappedQueries
{
    /// <summary>Counts at most <see cref="Capped.Probe"/> rows. Ordered as the index lies, so that no row is sorted or read beyond that.</summary>
    public static async Task<Capped> CountCappedAsync<T>(this IOrderedQueryable<T> rows, CancellationToken cancellationToken) =>
        new(await rows.Take(Capped.Probe).CountAsync(cancellationToken));
}
