using System.Globalization;
using System.Numerics;
using Microsoft.AspNetCore.Components;
using Storefront.Simulation;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Simulation;

/// <summary>Begins a run of played customers, shows how far it is, and ends it.</summary>
public sealed partial class RunCard(SimulationRunner runner, SimulationDesk desk, StaffActs staff)
{
    private const int MostReasons = 5;

    private string _orders = "100";
    private string _rate = "5";
    private string _seed = "42";
    private IReadOnlyList<Fault> _faults = [];

    /// <summary>From the layout, new at every tick.</summary>
    [CascadingParameter] public OfficeNumbers? Numbers { get; set; }

    private SimulationRunner Runner => runner;

    private string? FaultOf(string field) => _faults.Where(f => f.Field == field).Select(f => f.Message).FirstOrDefault();

    private async Task BeginAsync()
    {
        List<Fault> faults = [];
        var orders = Read<int>("orders", _orders, "must be a whole number, such as 100.");
        var rate = Read<double>("per_second", _rate, "must be a number, such as 5 or 0.5.");
        var seed = Read<int>("seed", _seed, "must be a whole number, such as 42.");
        if (orders is not null && rate is not null && seed is not null)
        {
            var plan = new SimulationPlan(orders.Value, rate.Value, seed.Value);
            faults.AddRange(await staff.ChangeAsync(OfficePolicy.Manage, "begin a simulated run", who => desk.BeginAsync(plan, who, CancellationToken.None)));
        }

        _faults = faults;

        T? Read<T>(string field, string text, string right) where T : struct, INumber<T>
        {
            if (T.TryParse(text.Trim(), NumberStyles.Integer | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            faults.Add(new(field, right));
            return null;
        }
    }

    private async Task StopAsync() => _faults = await staff.ChangeAsync(OfficePolicy.Manage, "stop a simulated run", async who =>
    {
        await desk.StopAsync(who, CancellationToken.None);
        return [];
    });
}
