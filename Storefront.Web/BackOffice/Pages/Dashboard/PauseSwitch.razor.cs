using Microsoft.AspNetCore.Components;
using MudBlazor;
using Storefront.Departments.Controls;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Dashboard;

/// <summary>Lets the staff pause a department and have it go on, for all processes of the shop. What it has in hand it ends.</summary>
public sealed partial class PauseSwitch(CurrentSettings settings, DepartmentControls controls, StaffAction staff) : IDisposable
{
    private static readonly Sign Paused = new("Paused", Icons.Material.Rounded.Pause, "honey");

    private IDisposable? _listening;
    private bool _isBusy;
    private string? _fault;

    [Parameter, EditorRequired] public Department Department { get; set; }

    private EffectiveSettings Settings => settings.Of(Department);

    private Room Room => Rooms.Of(Department);

    private string Action => Settings.Pause is null ? "Pause" : "Resume";

    public void Dispose() => _listening?.Dispose();

    // Somebody else may press it, on another page or at another node.
    protected override void OnAfterRender(bool firstRender) => _listening ??= settings.Listen(() => _ = InvokeAsync(StateHasChanged));

    private async Task SwitchAsync()
    {
        // What the button said, though another press may have come first.
        var paused = Settings.Pause is null;
        (_isBusy, _fault) = (true, null);
        try
        {
            var faults = await staff.RunAsync(OfficePolicy.Operate, who => controls.ChangeAsync(Department, new() { Paused = paused }, who, CancellationToken.None));
            _fault = faults.Select(f => f.Message).FirstOrDefault();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
