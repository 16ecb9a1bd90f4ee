using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Storefront.Data;
using Storefront.Data.Postgres;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;

namespace Storefront.Tests.Messaging;

/// <summary>A relay on a shop's database as another process would have it: its own lock, bell, connection and clock.</summary>
internal sealed class Relay(BrokerSession session, IRelayLock itsLock, OutboxBell bell, CancellationTokenSource stop, Task running) : IAsyncDisposable
{
    private bool _ended;

    public OutboxBell Bell => bell;

    public static async Task<Relay> StartAsync(TestShop shop, Uri host, TimeProvider? clock = null)
    {
        var services = shop.Services;
        var (bell, stop) = (new OutboxBell(), new CancellationTokenSource());
        var itsLock = LockOf(shop, bell, TimeProvider.System);
        await itsLock.StartAsync(TestContext.Current.CancellationToken);
        var session = await BrokerSession.OpenAsync(host, TestContext.Current.CancellationToken);
        var (table, status, metrics) = (services.GetRequiredService<OutboxTable>(), services.GetRequiredService<RelayStatus>(), services.GetRequiredService<ShopMetrics>());
        clock ??= TimeProvider.System;
        var relay = new OutboxRelay(table, new OutboxTray(bell), bell, itsLock, services.GetRequiredService<TopologyDeclaration>(),
            new UnwantedRows(table, status, metrics, clock, NullLogger<UnwantedRows>.Instance), status, metrics, clock);
        return new(session, itsLock, bell, stop, relay.RunAsync(session, stop.Token));
    }

    /// <summary>The lock on the relay's place as another process would have it; to be started, stopped and disposed of.</summary>
    public static IRelayLock LockOf(TestShop shop, OutboxBell bell, TimeProvider clock) => TestDatabase.Provider == DatabaseProvider.Postgres
        ? new PostgresNode(shop.Services.GetRequiredService<IConfiguration>(), shop.Services.GetRequiredService<NpgsqlDataSource>(), bell, clock, NullLogger<PostgresNode>.Instance)
        : new RelayLockFile(shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>(), clock);

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await itsLock.StopAsync(CancellationToken.None);
        ((IDisposable)itsLock).Dispose();
        await session.DisposeAsync();
        stop.Dispose();
    }
}
