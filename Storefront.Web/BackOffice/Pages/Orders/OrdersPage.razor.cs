using System.Collections.Frozen;
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
    /// <summary>New orders that are counted one by one; beyond that it only matters that there are many.</summary>
    private const int MostWaiting = 99;

    private readonly CancellationTokenSource _leaving = new();
    private readonly HashSet<OrderNumber> _changed = [];
    private readonly HashSet<OrderNumber> _sinceReading = [];
    private readonly HashSet<OrderNumber> _waiting = [];
    private readonly HashSet<OrderNumber> _ticked = [];
    private IDisposable? _watching;
    private bool _refreshing;
    private int _reading;

    // The filter is read off the address; these say when it has changed.
    [SupplyParameterFromQuery(Name = "status")] public string? StatusWord { get; set; }
    [SupplyParameterFromQuery(Name = "attention")] public string? AttentionWord { get; set; }
    [SupplyParameterFromQuery(Name = "room")] public string? RoomWord { get; set; }
    [SupplyParameterFromQuery(Name = "state")] public string? StateWord { get; set; }
    [SupplyParameterFromQuery(Name = "source")] public string? SourceWord { get; set; }
    [SupplyParameterFromQuery(Name = "from")] public string? FromWord { get; set; }
    [SupplyParameterFromQuery(Name = "to")] public string? ToWord { get; set; }
    [SupplyParameterFromQuery(Name = "min")] public string? LeastWord { get; set; }
    [SupplyParameterFromQuery(Name = "max")] public string? MostWord { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? SearchWord { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? SortWord { get; set; }
    [SupplyParameterFromQuery(Name = "before")] public string? BeforeWord { get; set; }
    [SupplyParameterFromQuery(Name = "after")] public string? AfterWord { get; set; }

    private OrderFilter Filter { get; set; } = OrderFilter.None;

    private ShownOrders? Shown { get; set; }

    private string Here => new Uri(navigation.Uri).PathAndQuery;

    private (string Back, string On) Words => Filter.Sort switch
    {
        OrderSort.Newest => ("Newer", "Older"),
        OrderSort.Oldest => ("Older", "Newer"),
        OrderSort.Dearest => ("Dearer", "Cheaper"),
        _ => ("Cheaper", "Dearer"),
    };

    private string Further => Filter.Sort switch { OrderSort.Newest => "Search further back", _ => "Search further" };

    public void Dispose()
    {
        _watching?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    // Before the list is read: what comes in meanwhile is not to be missed.
    protected override void OnInitialized() => _watching = RendererInfo.IsInteractive ? feed.Watch(tick => _ = InvokeAsync(() => HearAsync(tick.Changed))) : null;

    protected override async Task OnParametersSetAsync()
    {
        var filter = OrderFilter.Read(QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query));
        if (filter != Filter)
        {
            // What is ticked should not be out of sight by another filter; another page of the same list is no reason.
            _ticked.Clear();
            Filter = filter;
        }

        if (Shown?.Address != Here)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var here = Here;
        _reading++;
        try
        {
            var slice = await list.ReadAsync(Filter, OrderCursor.Read(BeforeWord), OrderCursor.Read(AfterWord), _leaving.Token);
            if (here == Here)
            {
                Shown = new(here, slice);
                _waiting.Clear();
                // What was told of since the reading began may be missing in it.
                _changed.UnionWith(_sinceReading);
            }
        }
        finally
        {
            if (--_reading == 0)
            {
                _sinceReading.Clear();
            }
        }

        await HearAsync(FrozenSet<OrderNumber>.Empty);
    }

    /// <summary>Takes note of changes; while one refresh runs, further changes wait for the next round of it.</summary>
    private async Task HearAsync(IReadOnlySet<OrderNumber> changed)
    {
        _changed.UnionWith(changed);
        if (_reading > 0)
        {
            _sinceReading.UnionWith(changed);
        }

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
        // Only at the top of the newest do new orders come in, and a hundred of them are as good as more.
        var found = Filter.Sort != OrderSort.Newest || shown.Slice.Previous is not null || _waiting.Count > MostWaiting
            ? new Dictionary<OrderNumber, OrderCursor>() : await list.AmongAsync(Filter, changed.Except(inView), _leaving.Token);
        if (!ReferenceEquals(Shown, shown))
        {
            // Another list came up meanwhile, and may have been read before these changes.
            _changed.UnionWith(changed);
            return;
        }

        if (rows.Count == 0 && found.Count > 0)
        {
            // Nothing in view that could move.
            await LoadAsync();
            return;
        }

        Shown = shown with { Slice = shown.Slice with { Rows = [.. rows.Select(o => again.GetValueOrDefault(o.Number) ?? o)] } };
        if (_waiting.Count <= MostWaiting)
        {
            _waiting.ExceptWith(changed);
            _waiting.UnionWith(found.Where(f => shown.Slice.Next is not { } bottom || f.Value.IsBeyond(bottom)).Select(f => f.Key));
        }
    }

    private void Tick((IReadOnlyList<OrderNumber> Orders, bool IsTicked) choice)
    {
        if (choice.IsTicked)
        {
            _ticked.UnionWith(choice.Orders.Except(_ticked).Take(BulkBar.Most - _ticked.Count).ToList());
        }
        else
        {
            _ticked.ExceptWith(choice.Orders);
        }
    }

    private void Untick() => _ticked.Clear();

    private void Search(string? text) => Go(Filter with { Search = string.IsNullOrWhiteSpace(text) ? null : text.Trim() }, replace: true);

    private void Go(OrderFilter filter, bool replace = false) => navigation.NavigateTo(filter.Address, replace: replace);

    private static string With(OrderFilter filter) => filter.Address;

    private string At(string side, OrderCursor? place) => QueryHelpers.AddQueryString(Filter.Address, side, place.ToString()!);

    private static string? Current(bool isCurrent) => isCurrent ? "true" : null;

    /// <summary>What is in view, and under which address.</summary>
    private sealed record ShownOrders(string Address, OrderSlice Slice);
}
