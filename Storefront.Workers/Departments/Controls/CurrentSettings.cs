using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Storefront.Orders;

namespace Storefront.Departments.Controls;

/// <summary>The departments' settings as this process knows them, kept current by <see cref="ControlsFollower"/>. Changed by <see cref="DepartmentControls"/>.</summary>
public sealed class CurrentSettings(IOptionsMonitor<DepartmentOptions> configured, TimeProvider time)
{
    private readonly ConcurrentDictionary<Department, DepartmentControl> _controls = new();
    private readonly Listeners<CurrentSettings> _listeners = new();

    /// <summary>The departments that somebody has paused.</summary>
    public IReadOnlyList<Department> Paused => [.. OrderTerms.Departments.Where(d => Of(d).Pause is not null)];

    public EffectiveSettings Of(Department department) => EffectiveSettings.Of(Configured(department), _controls.GetValueOrDefault(department), time.GetUtcNow());

    /// <summary>What counts where the staff has set nothing.</summary>
    public DepartmentOptions Configured(Department department) => configured.Get(department.ToString());

    /// <summary>What the staff has set; null: nothing yet. Only to be looked at.</summary>
    public DepartmentControl? ControlOf(Department department) => _controls.GetValueOrDefault(department);

    /// <summary>Calls <paramref name="listener"/> after every change, until the returned subscription is disposed. It must only note it and return.</summary>
    public IDisposable Listen(Action listener) => _listeners.Add(_ => listener());

    /// <summary>What was read or written. Something older than what is known already, since it was read before a change, counts for nothing.</summary>
    internal void Take(IEnumerable<DepartmentControl> controls)
    {
        var changed = false;
        foreach (var control in controls)
        {
            changed |= ReferenceEquals(_controls.AddOrUpdate(control.Department, control, (_, known) => known.Version >= control.Version ? known : control), control);
        }

        if (changed)
        {
            _listeners.Tell(this);
        }
    }
}
