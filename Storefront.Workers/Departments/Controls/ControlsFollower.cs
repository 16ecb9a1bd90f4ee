using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Storefront.Data;
using Storefront.Messaging;

namespace Storefront.Departments.Controls;

/// <summary>
/// Reads what the staff has set: before anybody works, when another process says that something is new, and every half minute in case that nobody
/// could say so.
/// </summary>
public sealed class ControlsFollower(CurrentSettings settings, SettingsBell bell, IDbContextFactory<StoreDb> contexts, TimeProvider time, ILogger<ControlsFollower> log) : BackgroundService
{
    /// <summary>The longest time without a look.</summary>
    public static readonly TimeSpan SlowSweep = TimeSpan.FromSeconds(30);

    /// <exception cref="System.Data.Common.DbException">The database refused; the process cannot start.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await bell.HeardAsync(SlowSweep, time, stoppingToken);
            await Insistence.RunAsync(LookAsync, log, stoppingToken);
        }
    }

    private async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var controls = await db.DepartmentControls.AsNoTracking().ToListAsync(cancellationToken);
        settings.Take(controls);
        return controls.Count;
    }
}
