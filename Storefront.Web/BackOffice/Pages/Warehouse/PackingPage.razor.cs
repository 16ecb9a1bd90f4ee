using Microsoft.AspNetCore.Components;
using MudBlazor;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Warehouse;

/// <summary>
/// One order at a time, large enough for a tablet beside the wrapping table; the oldest first. What is on the screen stays until somebody goes on, also when the order
/// is packed meanwhile: then it says so.
/// </summary>
public sealed partial class PackingPage(WaitingLists lists, ParcelReader parcels, OfficeFeed feed) : IDisposable
{
    private readonly HashSet<int> _ticked = [];
    private IDisposable? _watching;
    private ElementReference _heading;
    private Parcel? _order;
    private string? _announcement;
    private bool _hasMoved;

    private IReadOnlyList<WaitingOrder>? Waiting { get; set; }

    /// <summary>The next older one than what is on the screen.</summary>
    private WaitingOrder? Previous => Waiting!.LastOrDefault(w => (w.QueuedAt, w.OrderId).CompareTo(Here) < 0);

    /// <summary>The next younger one.</summary>
    private WaitingOrder? Next => Waiting!.FirstOrDefault(w => (w.QueuedAt, w.OrderId).CompareTo(Here) > 0);

    private (DateTimeOffset, long) Here => (_order!.QueuedAt, _order.OrderId);

    public void Dispose() => _watching?.Dispose();

    protected override async Task OnInitializedAsync() => await LookAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _watching = feed.Watch(tick => _ = InvokeAsync(() => HearAsync(tick.Changed.Count > 0)));
        }

        if (_hasMoved)
        {
            _hasMoved = false;
            await _heading.FocusAsync(preventScroll: true);
        }
    }

    private async Task HearAsync(bool isSomethingNew)
    {
        if (isSomethingNew)
        {
            await LookAsync();
            StateHasChanged();
        }
    }

    private async Task LookAsync()
    {
        Waiting = await lists.ReadAsync(Department.Packing, CancellationToken.None);
        if (_order is null)
        {
            await ShowAsync(Waiting.Count > 0 ? Waiting[0] : null);
        }
        else if (await parcels.FindAsync(_order.OrderId, CancellationToken.None) is { } now && now.OrderId == _order?.OrderId)
        {
            _announcement = now.State == _order.State && now.Status == _order.Status ? _announcement : $"{now.Number}: {StateOf(now).Word.ToLowerInvariant()}";
            _order = now;
        }
    }

    private async Task GoAsync(WaitingOrder? to)
    {
        if (to is not null)
        {
            await ShowAsync(to);
            _hasMoved = true;
        }
    }

    private async Task ShowAsync(WaitingOrder? order)
    {
        _order = order is null ? null : await parcels.FindAsync(order.OrderId, CancellationToken.None);
        _ticked.Clear();
        _announcement = null;
    }

    private void Tick(int line, bool isTicked) => _ = isTicked ? _ticked.Add(line) : _ticked.Remove(line);

    private static Sign StateOf(Parcel parcel) => parcel switch
    {
        { Status: OrderStatus.Cancelled } => Sign.Of(OrderStatus.Cancelled),
        { State: TaskState.Done } => new("Packed", Icons.Material.Rounded.Check, "leaf"),
        _ => Sign.Of(parcel.State, parcel.QueuedAt),
    };
}
