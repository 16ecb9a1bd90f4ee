using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>
/// The list of orders. Rows in view follow their orders in place; what comes in meanwhile waits behind a button,
/// so that no row moves under the pointer.
/// </summary>
public sealed partial class OrdersPage(OrderList list, OfficeFeed feed, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly HashSet<OrderNumber> _changed = [];
    private readonly HashSet<OrderNumber> _waiting = [];
    private IDisposable? _watching;
    private bool _refreshing;

    [SupplyParameterFromQuery(Name = "status")] public string? StatusWord { get; set; }
    [SupplyParameterFromQuery(Name = "attention")] public string? AttentionWord { get; set; }
    [SupplyParameterFromQuery(Name = "room")] public string? RoomWord { get; set; }
    [SupplyParameterFromQuery(Name = "state")] public string? StateWord { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? SearchWord { get; set; }
    [SupplyParameterFromQuery(Name = "before")] public string? BeforeWord { get; set; }
    [SupplyParameterFromQuery(Name = "after")] public string? AfterWord { get; set; }

    private OrderFilter Filter { get; set; } = OrderFilter.None;

    private ShownOrders? Shown { get; set; }

    public void Dispose()
    {
        _watching?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        Filter = OrderFilter.Read(StatusWord, AttentionWord == "true", RoomWord, StateWord, SearchWord);
        if (Shown?.Address != Here)
        {
            await LoadAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _watching = feed.Watch(tick => _ = InvokeAsync(() => HearAsync(tick.Changed)));
        }
    }

    private string Here => new Uri(navigation.Uri).PathAndQuery;

    private async Task LoadAsync()
    {
        var here = Here;
        var slice = await list.ReadAsync(Filter, OrderCursor.Read(BeforeWord), OrderCursor.Read(AfterWord), _leaving.Token);
        if (here == Here)
        {
            Shown = new(here, slice);
            _waiting.Clear();
        }
    }

    /// <summary>Takes note of changes; while one refresh runs, further changes wait for the next round of it.</summary>
    private async Task HearAsync(IReadOnlySet<OrderNumber> changed)
    {
        _changed.UnionWith(changed);
        if (_refreshing)
        {
            return;
        }

        _refreshing = true;
        try
        {
            while (_changed.Count > 0 && Shown is not null)
            {
                var round = _changed.ToHashSet();
                _changed.Clear();
                await RefreshAsync(Shown, round);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            _refreshing = false;
        }
    }

    private async Task RefreshAsync(ShownOrders shown, HashSet<OrderNumber> changed)
    {
        var rows = shown.Slice.Rows;
        var inView = rows.Select(o => o.Number).Where(changed.Contains).ToList();
        var again = inView.Count > 0 ? await list.AgainAsync(inView, _leaving.Token) : new Dictionary<OrderNumber, ListedOrder>();
        var found = shown.Slice.HasNewer ? new Dictionary<OrderNumber, OrderCursor>() : await list.AmongAsync(Filter, changed.Except(inView), _leaving.Token);
        if (!ReferenceEquals(Shown, shown))
        {
            // Another list came up meanwhile, read later than this.
            return;
        }

        if (rows.Count == 0 && found.Count > 0)
        {
            // Nothing in view that could move.
            await LoadAsync();
            return;
        }

        Shown = shown with { Slice = shown.Slice with { Rows = [.. rows.Select(o => again.GetValueOrDefault(o.Number) ?? o)] } };
        _waiting.ExceptWith(changed);
        _waiting.UnionWith(found.Where(f => !shown.Slice.HasOlder || f.Value.IsNewerThan(OrderCursor.Of(rows[^1]))).Select(f => f.Key));
    }

    private void Search(string? text) => Go(Filter with { Search = string.IsNullOrWhiteSpace(text) ? null : text.Trim() }, replace: true);

    private void Go(OrderFilter filter, bool replace = false) => navigation.NavigateTo(filter.Address, replace: replace);

    private static string With(OrderFilter filter) => filter.Address;

    private string At(string side, ListedOrder order) => QueryHelpers.AddQueryString(Filter.Address, side, OrderCursor.Of(order).ToString());

    private static string? Current(bool isCurrent) => isCurrent ? "true" : null;

    /// <summary>What is in view, and under which address.</summary>
    private sealed record ShownOrders(string Address, OrderSlice Slice);
}
