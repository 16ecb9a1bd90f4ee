using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Web.Store.Goods;

/// <summary>
/// Keeps one copy of the goods for all pages. It is read anew when a page is asked for after news of an order, which may have moved stock, or after an edit of the staff's, and otherwise
/// <see cref="LookEvery"/>, since other processes change goods too; while nobody asks, nothing is read. What is shown may be a moment old: what an order
/// takes and costs is decided where it is placed.
/// </summary>
public sealed class AssortmentReader : IDisposable
{
    /// <summary>The longest that a copy is shown.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(4);

    /// <summary>News come with every order: on the average the goods are read no more often than this for them.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(250);

    /// <summary>After a quiet time so many reads may follow each other at once, so that whoever orders sees at once what is left.</summary>
    private const int AtOnce = 5;

    private readonly IDbContextFactory<StoreDb> _contexts;
    private readonly TimeProvider _time;
    private readonly IDisposable _listening;
    private readonly IDisposable _hearing;
    private readonly SemaphoreSlim _oneReader = new(1, 1);
    private volatile Copy? _latest;
    private long _changes;
    private long _paidUntil;

    public AssortmentReader(IDbContextFactory<StoreDb> contexts, OrderNews news, GoodsNews goods, TimeProvider time)
    {
        (_contexts, _time) = (contexts, time);
        _paidUntil = time.GetTimestamp() - Ticks(Gap * AtOnce);
        _listening = news.Listen(_ => Outdate());
        _hearing = goods.Listen(_ => Forget());
    }

    /// <summary>The goods, at most <see cref="LookEvery"/> old.</summary>
    /// <exception cref="System.Data.Common.DbException">They had to be read, and the database would not.</exception>
    public ValueTask<Assortment> NowAsync(CancellationToken cancellationToken) =>
        _latest is { } latest && !IsDue(latest) ? new(latest.Goods) : new(ReadAsync(cancellationToken));

    /// <summary>The same, under the names of a language.</summary>
    /// <exception cref="System.Data.Common.DbException">They had to be read, and the database would not.</exception>
    public async ValueTask<Assortment> NowAsync(Language language, CancellationToken cancellationToken) => (await NowAsync(cancellationToken)).Called(language);

    /// <summary>What the goods of an order are called in a language, by product id. Those stay out that the shop has renamed since, and those without a name in it.</summary>
    public async ValueTask<IReadOnlyDictionary<int, string>> NamesAsync(IEnumerable<OrderSnapshot.Line> lines, Language language, CancellationToken cancellationToken)
    {
        var (own, called) = (await NowAsync(cancellationToken), await NowAsync(language, cancellationToken));
        return lines.DistinctBy(l => l.ProductId).Where(l => own.Find(l.ProductId)?.Name == l.Name).Select(l => called.Find(l.ProductId)).OfType<Product>().ToDictionary(p => p.Id, p => p.Name);
    }

    /// <summary>Somebody has seen that the goods are not as the copy says.</summary>
    public void Outdate() => Interlocked.Increment(ref _changes);

    /// <summary>Somebody was told by an order that the goods are not as the copy says: the next page reads them, however often they were read a moment ago.</summary>
    public void Forget()
    {
        Outdate();
        _latest = null;
    }

    public void Dispose()
    {
        _listening.Dispose();
        _hearing.Dispose();
        _oneReader.Dispose();
    }

    private async Task<Assortment> ReadAsync(CancellationToken cancellationToken)
    {
        await _oneReader.WaitAsync(cancellationToken);
        try
        {
            if (_latest is { } latest && !IsDue(latest))
            {
                return latest.Goods;
            }

            var read = await ReadCopyAsync(cancellationToken);
            _latest = read;
            return read.Goods;
        }
        finally
        {
            _oneReader.Release();
        }
    }

    private async Task<Copy> ReadCopyAsync(CancellationToken cancellationToken)
    {
        // Before reading: what changes meanwhile calls for another read. Whoever asks meanwhile waits for this one, since the old copy stays outdated.
        var (now, changes) = (_time.GetTimestamp(), Volatile.Read(ref _changes));
        try
        {
            await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
            var categories = await db.Categories.AsNoTracking().OrderBy(c => c.Position).ToListAsync(cancellationToken);
            return new(new(categories, await db.Products.AsNoTracking().OrderBy(p => p.Id).ToListAsync(cancellationToken)), now, changes);
        }
        finally
        {
            Volatile.Write(ref _paidUntil, Math.Max(_paidUntil, _time.GetTimestamp() - Ticks(Gap * AtOnce)) + Ticks(Gap));
        }
    }

    private bool IsDue(Copy copy)
    {
        var now = _time.GetTimestamp();
        return now - copy.At >= Ticks(LookEvery) || (copy.Changes != Volatile.Read(ref _changes) && now >= Volatile.Read(ref _paidUntil));
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);

    /// <param name="Goods">What was read.</param>
    /// <param name="At">When reading it began, as of the clock's timestamps.</param>
    /// <param name="Changes">How many changes had been heard of by then.</param>
    private sealed record Copy(Assortment Goods, long At, long Changes);
}
