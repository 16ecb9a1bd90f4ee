using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Pages.Orders.Detail;

/// <summary>Lets the staff cancel an order until packing begins; there is no button afterwards.</summary>
public sealed partial class CancelButton(CancelOrder cancel, ILogger<CancelButton> log)
{
    private const string PackingBegan = "Packing has begun, so the order cannot be cancelled any more. Nothing was changed.";

    private MudButton? _button;
    private ElementReference _question;
    private ElementReference _spoken;
    private bool _isAsking;
    private bool _isBusy;
    private Outcome? _outcome;
    private Func<ValueTask>? _focus;

    /// <summary>The order as it is now.</summary>
    [Parameter, EditorRequired] public required StaffOrder Order { get; set; }

    [CascadingParameter] public required Task<AuthenticationState> Session { get; set; }

    protected override void OnParametersSet()
    {
        if (_isAsking && !_isBusy && !Order.CanBeCancelled)
        {
            // It was decided while somebody thought about it.
            Close(Order.Status == OrderStatus.Cancelled ? new("Somebody else has cancelled the order meanwhile.", IsRefusal: true) : new(PackingBegan, IsRefusal: true));
        }
    }

    // The focus follows what is asked and what was answered; otherwise it would be lost with the button that had it.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } focus)
        {
            _focus = null;
            await focus();
        }
    }

    private void Ask()
    {
        _isAsking = true;
        _outcome = null;
        _focus = () => _question.FocusAsync();
    }

    private void Keep()
    {
        _isAsking = false;
        _focus = () => _button?.FocusAsync() ?? default;
    }

    private void Close(Outcome outcome)
    {
        _isAsking = false;
        _outcome = outcome;
        _focus = () => _spoken.FocusAsync();
    }

    private async Task CancelAsync()
    {
        _isBusy = true;
        try
        {
            Close(await RunAsync());
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task<Outcome> RunAsync()
    {
        if ((await Session).User.Identity is not { IsAuthenticated: true, Name: { } name })
        {
            return new("Your session has ended; sign in again. Nothing was changed.", IsRefusal: true);
        }

        try
        {
            return await cancel.RunAsync(Order.Number, name, CancellationToken.None) switch
            {
                Cancelling.Cancelled => new("Cancelled. The rooms undo what they had begun."),
                Cancelling.Already => new("The order was cancelled before.", IsRefusal: true),
                Cancelling.TooLate => new(PackingBegan, IsRefusal: true),
                _ => new("There is no such order any more.", IsRefusal: true),
            };
        }
        catch (DbException e)
        {
            Log.NotCancelled(log, Order.Number, e);
            return new("The database refused, so nothing was changed. The log says why; try again in a minute.", IsRefusal: true);
        }
    }

    /// <summary>What came of it; a refusal interrupts.</summary>
    private sealed record Outcome(string Text, bool IsRefusal = false);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Order {Number} could not be cancelled by the staff")]
        public static partial void NotCancelled(ILogger log, OrderNumber number, Exception e);
    }
}
