using Microsoft.AspNetCore.Components;
using MudBlazor;
using Storefront.Orders;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Orders.Detail;

/// <summary>Lets the staff cancel an order until packing begins; there is no button afterwards.</summary>
public sealed partial class CancelButton(StaffActs acts, CancelOrder cancel)
{
    private MudButton? _button;
    private ElementReference _spoken;
    private bool _isAsking;
    private bool _isBusy;
    private ActOutcome? _outcome;
    private bool _justKept;

    /// <summary>The order as it is now.</summary>
    [Parameter, EditorRequired] public required StaffOrder Order { get; set; }

    protected override void OnParametersSet()
    {
        if (_isAsking && !_isBusy && !Order.CanBeCancelled)
        {
            // It was decided while somebody thought about it.
            Close(ActOutcome.Refused(Order.Status == OrderStatus.Cancelled ? "Somebody else has cancelled the order meanwhile." : OutcomeWords.PackingBegan));
        }
    }

    // The focus would be lost with the question.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_justKept && _button is not null)
        {
            _justKept = false;
            await _button.FocusAsync();
        }
    }

    private void Ask() => (_isAsking, _outcome) = (true, null);

    private void Keep() => (_isAsking, _justKept) = (false, true);

    private void Close(ActOutcome outcome)
    {
        _isAsking = false;
        _outcome = outcome;
    }

    private async Task CancelAsync()
    {
        _isBusy = true;
        try
        {
            Close(await acts.RunAsync($"cancel order {Order.Number}", async by => OutcomeWords.Of(await cancel.RunAsync(Order.Number, by, CancellationToken.None))));
        }
        finally
        {
            _isBusy = false;
        }
    }
}
