using Microsoft.AspNetCore.Components;
using Storefront.Orders;
using Storefront.Orders.ByHand;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>Does one thing to all ticked orders, one after the other, each in a commit of its own; asked again, an order that has it behind it says so.</summary>
public sealed partial class BulkBar(StaffActs acts, CancelOrder cancel, RetryTask retry)
{
    /// <summary>Orders that may be ticked at once.</summary>
    public const int Most = 100;

    private List<(OrderNumber Order, ActOutcome Outcome)> _outcomes = [];
    private ElementReference _spoken;
    private string _done = "";
    private bool _isAsking;
    private bool _isBusy;

    [Parameter, EditorRequired] public required IReadOnlySet<OrderNumber> Ticked { get; set; }

    /// <summary>Told to take away all ticks.</summary>
    [Parameter] public EventCallback OnUntick { get; set; }

    private Task CancelAsync() => RunAsync("cancel", "cancelled", async (order, by) => OutcomeWords.Of(await cancel.RunAsync(order, by, CancellationToken.None)));

    private Task RetryAsync() => RunAsync("retry", "tried again", async (order, by) => await retry.RunFailedAsync(order, by, CancellationToken.None) switch
    {
        Handling.Settled => ActOutcome.Refused("Nothing of it has failed."),
        var handling => OutcomeWords.Of(handling, "Tried again now."),
    });

    private async Task RunAsync(string verb, string participle, Func<OrderNumber, string, Task<ActOutcome>> act)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        var outcomes = new List<(OrderNumber Order, ActOutcome Outcome)>();
        try
        {
            foreach (var order in Ticked.ToList())
            {
                outcomes.Add((order, await acts.RunAsync($"{verb} order {order}", by => act(order, by))));
            }
        }
        finally
        {
            var done = outcomes.Count(o => !o.Outcome.IsRefusal);
            (_outcomes, _isBusy, _isAsking) = (outcomes, false, false);
            _done = done == outcomes.Count ? $"{Orders(done)} {participle}." : $"{Orders(done)} {participle}, {outcomes.Count - done} not.";
        }

        await OnUntick.InvokeAsync();
    }

    private void Forget() => _outcomes = [];

    private static string Orders(int count) => count == 1 ? "1 order" : $"{count} orders";
}
