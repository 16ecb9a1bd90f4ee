using System.Globalization;
using Microsoft.AspNetCore.Components;
using Storefront.Messaging;
using Storefront.Simulation;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Simulation;

/// <summary>Plays that the broker is away from this process, and has it come back before its time.</summary>
public sealed partial class OutageCard(BrokerOutage outage, SimulationDesk desk, StaffActs staff)
{
    private string _seconds = "30";
    private IReadOnlyList<Fault> _faults = [];

    /// <summary>From the layout, new at every tick: it ends by itself.</summary>
    [CascadingParameter] public OfficeNumbers? Numbers { get; set; }

    private BrokerOutage Outage => outage;

    private string? FaultOf(string field) => _faults.Where(f => f.Field == field).Select(f => f.Message).FirstOrDefault();

    private async Task BeginAsync() => _faults = int.TryParse(_seconds.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? await staff.ChangeAsync(OfficePolicy.Manage, "take the broker away", who => desk.BeginOutageAsync(seconds, who, CancellationToken.None))
        : [new("seconds", "must be a whole number, such as 30.")];

    private async Task EndAsync() => _faults = await staff.ChangeAsync(OfficePolicy.Manage, "bring the broker back", async who =>
    {
        await desk.EndOutageAsync(who, CancellationToken.None);
        return [];
    });
}
