using Microsoft.AspNetCore.Components;
using Storefront.Orders;
using Storefront.Web.BackOffice.Parts;
using Storefront.Web.Live;

namespace Storefront.Web.BackOffice.Pages.Orders.Detail;

/// <summary>One order, all of it, following along until everything is done.</summary>
public sealed partial class OrderPage(StaffOrders orders, OrderFollower follower) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private StaffOrder? _order;
    private bool _isMissing;
    private bool _isFollowing;
    private string? _announcement;
    private ActOutcome? _outcome;
    private ElementReference _spoken;
    private object? _saying;

    [Parameter] public string Num { get; set; } = "";

    /// <summary>The request while the page is prerendered; null on the circuit.</summary>
    [CascadingParameter] public HttpContext? HttpContext { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _order = OrderNumber.TryParse(Num, out var number) ? await orders.FindAsync(number, _leaving.Token) : null;
        _isMissing = _order is null;
        if (_isMissing)
        {
            NotThere.Say(HttpContext);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The first render may come before the order has been read.
        if (!_isFollowing && _order is { CompletedAt: null } order)
        {
            _isFollowing = true;
            await FollowAsync(order.Number);
        }
    }

    private async Task DoneAsync(ActOutcome outcome)
    {
        (_outcome, _saying) = (outcome, new());
        await ReloadAsync();
    }

    /// <summary>What was just done shows at once, also on an order that is followed no more because all is done.</summary>
    private async Task ReloadAsync()
    {
        if (await orders.FindAsync(_order!.Number, _leaving.Token) is { } now && now.Version >= _order.Version)
        {
            _order = now;
        }
    }

    private async Task FollowAsync(OrderNumber number)
    {
        try
        {
            await foreach (var snapshot in follower.FollowAsync(number, _leaving.Token))
            {
                if (snapshot.Version > _order!.Version && await orders.FindAsync(number, _leaving.Token) is { } newer)
                {
                    _announcement = newer.Status == _order.Status ? _announcement : $"The order is now {newer.Status.Text()}.";
                    _order = newer;
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone.
        }
    }
}
