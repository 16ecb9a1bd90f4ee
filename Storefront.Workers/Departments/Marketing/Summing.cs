using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Storefront.Data;

namespace Storefront.Departments.Marketing;

/// <summary>
/// Takes what was counted into the sums, a little later and many at once. Were it done in each order's own commit, all orders of an hour would wait for one row.
/// While nothing is counted nothing is read; what a process that died has left waits for the next order.
/// </summary>
public sealed class Summing(StoreWrites writes, TimeProvider time, ILogger<Summing> log) : BackgroundService
{
    /// <summary>How long it gathers; meanwhile, whoever reads the sums adds what is not in them.</summary>
    public static readonly TimeSpan Gathers = TimeSpan.FromSeconds(2);

    /// <summary>Orders in one commit: so few that customers hardly notice.</summary>
    private const int Together = 200;

    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>An order was counted.</summary>
    public void Ring() => _bell.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _bell.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(Gathers, time, stoppingToken);
            _bell.Reader.TryRead(out _);
            while (await TakeInAsync(stoppingToken) == Together)
            {
                // There may be more.
            }
        }
    }

    private Task<int> TakeInAsync(CancellationToken cancellationToken) => writes.InsistAsync(async (db, ct) =>
    {
        var taken = await MarketingSums.TakeInAsync(db, Together, ct);
        if (taken == 0)
        {
            db.Discard();
            return 0;
        }

        await db.SaveChangesAsync(ct);
        return taken;
    }, log, cancellationToken);
}
