using Microsoft.EntityFrameworkCore;
using Storefront.Auditing;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Departments.Controls;

/// <summary>Where the staff pauses departments and sets how they work: for all processes of the shop, at once and for good.</summary>
public sealed class DepartmentControls(StoreWrites writes, AuditLog audit, CurrentSettings settings, SettingsBell bell, TimeProvider time)
{
    /// <summary>Field of the fault of a change that somebody else was quicker than (<see cref="DepartmentChange.Seen"/>).</summary>
    public const string Meanwhile = "meanwhile";

    /// <summary>
    /// Makes the change and writes down who did. When this returns without faults it is kept, and counts in this process; the others follow within a moment,
    /// or within <see cref="ControlsFollower.SlowSweep"/> while the broker is away.
    /// </summary>
    /// <param name="department">Whose settings.</param>
    /// <param name="change">What is to be different.</param>
    /// <param name="who">Who wants it, as it is to be shown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is wrong with the change, in which case nothing was done; empty otherwise.</returns>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing was changed.</exception>
    public async Task<IReadOnlyList<Fault>> ChangeAsync(Department department, DepartmentChange change, string who, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        if (change.Faults().ToList() is { Count: > 0 } faults)
        {
            return faults;
        }

        var (changed, fault) = await WriteAsync(department, change, who, cancellationToken);
        if (changed is not null)
        {
            settings.Take([changed]);
            bell.Tell();
        }

        if (fault is not null)
        {
            // It was at another process, and this one has yet to hear of it.
            bell.Hear();
        }

        return fault is null ? [] : [fault];
    }

    /// <summary>The department's new state; null when it was so already, or when it was set otherwise meanwhile, which is a fault.</summary>
    private Task<(DepartmentControl? Changed, Fault? Fault)> WriteAsync(Department department, DepartmentChange change, string who, CancellationToken cancellationToken) =>
        writes.RunAsync<(DepartmentControl?, Fault?)>(async (db, ct) =>
    {
        var now = time.GetUtcNow();
        // The version first, which is the row's lock: of two that change it at once, the second sees what the first has done.
        await db.Sql("""
            INSERT INTO department_controls (department, version, changed_at, changed_by) VALUES (@department, 1, @now, @who)
            ON CONFLICT (department) DO UPDATE SET version = department_controls.version + 1
            """, ("@department", department.Text()), ("@now", now.UtcTicks), ("@who", who)).RunAsync(ct);
        var control = await db.DepartmentControls.SingleAsync(c => c.Department == department, ct);
        if (change.Seen is { } seen && seen != control.Work)
        {
            db.Discard();
            return (null, new(Meanwhile, $"{control.ChangedBy} has changed this meanwhile."));
        }

        var before = ControlWords.Of(control, settings.Configured(department), now);
        if (!control.Apply(change, who, now))
        {
            db.Discard();
            return (null, null);
        }

        audit.Add(db, who, ActionOf(change), $"department {department.Text()}", before.ChangeTo(ControlWords.Of(control, settings.Configured(department), now)));
        await db.SaveChangesAsync(ct);
        return (control, null);
    }, cancellationToken);

    private static string ActionOf(DepartmentChange change) => change switch
    {
        { Paused: true } => "department.pause",
        { Paused: false } => "department.resume",
        { Weather.IsGiven: true } => "department.weather",
        _ => "department.set",
    };
}
