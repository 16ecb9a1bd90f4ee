using Storefront.Tests.Bench.Costs;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>
/// What orders make a database server write and keep, and the broker carry, which is what the arithmetic for several machines begins with; nothing where
/// the database is a file, which means one.
/// </summary>
internal sealed class Traffic
{
    private const string Wal = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

    /// <summary>Transactions that wrote something; one that only reads is given no number.</summary>
    private const string Transactions = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

    private const string Size = "SELECT pg_database_size(current_database())";

    private readonly Contestant _contestant;
    private readonly (long Wal, long Transactions, long Size) _database;
    private readonly BrokerCounts? _broker;

    private Traffic(Contestant contestant, BrokerCounts? broker) => (_contestant, _database, _broker) = (contestant, broker is null ? default : DatabaseOf(contestant), broker);

    /// <summary>Begins to count.</summary>
    public static async Task<Traffic> OfAsync(Contestant contestant, CancellationToken cancellationToken) =>
        new(contestant, contestant.HasServer ? await contestant.CountBrokerAsync(cancellationToken) : null);

    /// <param name="orders">What it is divided by.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Figure>> FiguresAsync(int orders, CancellationToken cancellationToken)
    {
        if (_broker is null)
        {
            return [];
        }

        var now = DatabaseOf(_contestant);
        var carried = (await _contestant.CountBrokerAsync(cancellationToken)).Since(_broker);
        return
        [
            new("WAL KB/order", (now.Wal - _database.Wal) / 1024.0 / orders), new("writing transactions/order", (now.Transactions - _database.Transactions) / (double)orders),
            new("database grown KB/order", (now.Size - _database.Size) / 1024.0 / orders),
            new("messages published/order", carried.Published / (double)orders), new("delivered/order", carried.Delivered / (double)orders),
            new("acked/order", carried.Acked / (double)orders), new("broker KB in and out/order", carried.Bytes / 1024.0 / orders),
        ];
    }

    private static (long Wal, long Transactions, long Size) DatabaseOf(Contestant contestant) => (contestant.Number(Wal), contestant.Number(Transactions), contestant.Number(Size));
}
