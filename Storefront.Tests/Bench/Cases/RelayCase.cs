using System.Diagnostics;
using Storefront.Data.Postgres;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>
/// How fast the one relay of a database is by itself: a backlog of messages that nobody consumes, written into the outbox from outside, until the last row is
/// gone from it. Nobody orders meanwhile and no department works.
/// </summary>
internal sealed class RelayCase(int messages) : ICase
{
    /// <summary>Before it is measured.</summary>
    private const int WarmUp = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>From one look at the outbox to the next.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public string Name => "relay";

    public string Meaning => $"{messages:N0} rows of the outbox until all are confirmed by the broker and deleted; one web process, nothing else to do";

    public bool Suits(IPeer peer) => peer.IsShop;

    public bool StartsItself => true;

    public bool NeedsServer => true;

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        await contestant.BeginAsync(keep: false, ["Workers:CoHosted=false"], cancellationToken);
        await RelayAsync(contestant, WarmUp, cancellationToken);
        var expense = Expense.Of(contestant);
        var seconds = await RelayAsync(contestant, messages, cancellationToken);
        return [new("messages/s", messages / seconds), .. expense.Figures(messages, "message")];
    }

    /// <summary>From the commit of so many messages to the deletion of the last.</summary>
    private static async Task<double> RelayAsync(Contestant contestant, int count, CancellationToken cancellationToken)
    {
        // As long as the shop's own; to the one queue to which every order goes.
        contestant.Run($"""
            INSERT INTO outbox (exchange, routing_key, message_id, type, correlation_id, trace_parent, body, mandatory, created_at, not_before)
            SELECT '', 'orders', 'bench:' || n, 'bench.v1', 'bench', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', convert_to(repeat('x', 300), 'UTF8'), true, 0, 0
            FROM generate_series(1, {count}) AS n;
            NOTIFY {PostgresLocks.Channel};
            """);
        var watch = Stopwatch.StartNew();
        await Watching.UntilAsync($"the last of {count} messages is gone from the outbox",
            () => Task.FromResult(contestant.Number("SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT 1) AS waiting") == 0), Patience, Tick, cancellationToken);
        return watch.Elapsed.TotalSeconds;
    }
}
