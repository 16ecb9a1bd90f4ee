using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Departments.Controls;

/// <summary>Where the staff pauses departments and sets how they work: for all processes of the shop, at once and for good.</summary>
public sealed class DepartmentControls(StoreWrites writes, CurrentSettings settings, SettingsBell bell, TimeProvider time)
{
    /// <summary>
    /// Makes the change. When this returns without faults it is kept, and counts in this process; the others follow within a moment, or within
    /// <see cref="ControlsFollower.SlowSweep"/> while the broker is away.
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

        if (await WriteAsync(department, change, who, cancellationToken) is { } changed)
        {
            settings.Take([changed]);
            bell.Tell();
        }

        return [];
    }

    /// <summary>The department's new state; null when it was so already.</summary>
    private Task<DepartmentControl?> WriteAsync(Department department, DepartmentChange change, string who, CancellationToken cancellationToken) => writes.RunAsync(async (db, ct) =>
    {
        var now = time.GetUtcNow();
        // The version first, which is the row's lock: of two that change it at once, the second sees what the first has done.
        await db.Sql("""
            INSERT INTO department_controls (department, version, changed_at, changed_by) VALUES (@department, 1, @now, @who)
            ON CONFLICT (department) DO UPDATE SET version = department_controls.version + 1
            """, ("@department", department.Text()), ("@now", now.UtcTicks), ("@who", who)).RunAsync(ct);
        var control = await db.DepartmentControls.SingleAsync(c => c.Department == department, ct);
        if (!control.Apply(change, who, now))
        {
            db.Discard();
            return null;
        }

        await db.SaveChangesAsync(ct);
        return control;
    }, cancellationToken);
}
