using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Storefront.Departments.Controls;
using Storefront.Orders;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Dashboard;

/// <summary>Lets the staff pause a department and have it go on, for all processes of the shop. What it has in hand it ends.</summary>
public sealed partial class PauseSwitch(CurrentSettings settings, DepartmentControls controls, ILogger<PauseSwitch> log) : IDisposable
{
    private static readonly Sign Paused = new("Paused", Icons.Material.Rounded.Pause, "honey");

    private IDisposable? _listening;
    private bool _isBusy;
    private string? _fault;

    [Parameter, EditorRequired] public Department Department { get; set; }

    [CascadingParameter] public Task<AuthenticationState>? Session { get; set; }

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
            _fault = Session is not null && (await Session).User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name }
                ? (await controls.ChangeAsync(Department, new() { Paused = paused }, name, CancellationToken.None)).Select(f => f.Message).FirstOrDefault()
                : "Your session has ended; sign in again. Nothing was changed.";
        }
        catch (DbException e)
        {
            Log.NotSwitched(log, Department, e);
            _fault = "The database refused, so nothing was changed. The log says why; try again in a minute.";
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The staff could not pause {Department}, or have it go on")]
        public static partial void NotSwitched(ILogger log, Department department, Exception e);
    }
}
