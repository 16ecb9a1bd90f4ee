using Microsoft.AspNetCore.Components;
using MudBlazor;
using Storefront.Departments.Warehouse;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Warehouse;

/// <summary>Lets the staff print a pick list once more.</summary>
public sealed partial class PrintRow(PickLists lists, StaffActs acts, ILogger<PrintRow> log)
{
    private bool _isBusy;

    [Parameter, EditorRequired] public required PrintedList List { get; set; }

    /// <summary>Told what came of it, in a sentence.</summary>
    [Parameter] public EventCallback<string> Changed { get; set; }

    private static Sign SignOf(SpoolState? state) => state switch
    {
        SpoolState.Queued => new("Queued", Icons.Material.Rounded.HourglassEmpty, "sky"),
        SpoolState.Taken => new("Printed", Icons.Material.Rounded.Check, "leaf"),
        SpoolState.NotHere => new("Not here", Icons.Material.Rounded.MoreHoriz, "plain"),
        _ => new("Withdrawn", Icons.Material.Rounded.Block, "plain"),
    };

    private async Task ReprintAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await Changed.InvokeAsync(await RunAsync());
        }
        finally
        {
            _isBusy = false;
        }
    }

    private Task<string> RunAsync() => acts.RunAsync(OfficePolicy.Operate, $"print the pick list of order {List.Number} once more", PrintAsync, why => why,
        "The database refused, so nothing was printed. The log says why; try again in a minute.");

    private async Task<string> PrintAsync(string who)
    {
        try
        {
            return await lists.ReprintAsync(List.Number, who, CancellationToken.None) switch
            {
                Reprint.Queued => $"The pick list of {List.Number} is queued once more, in this machine's spool.",
                Reprint.Cancelled => $"Order {List.Number} was cancelled: there is nothing to pick. Nothing was printed.",
                _ => $"The warehouse has not printed order {List.Number} yet. Nothing was printed.",
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotPrinted(log, List.Number, e);
            return "The spool refused, so nothing was printed. The log says why.";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The pick list of order {Number} could not be printed once more")]
        public static partial void NotPrinted(ILogger log, OrderNumber number, Exception e);
    }
}
