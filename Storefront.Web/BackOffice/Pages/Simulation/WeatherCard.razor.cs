using System.Globalization;
using Microsoft.AspNetCore.Components;
using Storefront.Departments.Controls;
using Storefront.Orders;
using Storefront.Simulation;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Simulation;

/// <summary>Makes a department fail for a while, and ends it before.</summary>
public sealed partial class WeatherCard(CurrentSettings settings, SimulationDesk desk, StaffAction staff)
{
    private Department _department;
    private string _percent = "30";
    private string _minutes = "1";
    private IReadOnlyList<Fault> _faults = [];

    /// <summary>From the layout, new at every tick: it ends by itself.</summary>
    [CascadingParameter] public OfficeNumbers? Numbers { get; set; }

    private CurrentSettings Settings => settings;

    private string? FaultOf(string field) => _faults.Where(f => f.Field == field).Select(f => f.Message).FirstOrDefault();

    private async Task BeginAsync()
    {
        List<Fault> faults = [];
        if (!TryRead(_percent, 100, out var percent))
        {
            faults.Add(new("weather_failure_rate", "must be a number from 0 to 100, such as 30."));
        }

        if (!TryRead(_minutes, WeatherWish.Longest.TotalMinutes, out var minutes) || minutes < WeatherWish.Shortest.TotalMinutes)
        {
            faults.Add(new("weather_lasts", $"must be from {WeatherWish.Shortest.TotalMinutes} to {WeatherWish.Longest.TotalMinutes} minutes."));
        }

        _faults = faults.Count > 0 ? faults
            : await staff.RunAsync(OfficePolicy.Manage, who => desk.MakeWeatherAsync(_department, new(percent / 100, TimeSpan.FromMinutes(minutes)), who, CancellationToken.None));
    }

    private async Task ClearUpAsync(Department department) => _faults = await staff.RunAsync(OfficePolicy.Manage, async who =>
    {
        await desk.ClearUpAsync(department, who, CancellationToken.None);
        return [];
    });

    private static bool TryRead(string text, double most, out double value) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value <= most;
}
