using Microsoft.AspNetCore.Components;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Warehouse;

/// <summary>The pick lists: which are still to be printed, and what became of those that were. A new job waits behind a button, so that no row moves under the pointer.</summary>
public sealed partial class WarehousePage(PrintJobs jobs, WaitingLists lists, OfficeFeed feed) : IDisposable
{
    private IDisposable? _watching;
    private string? _shownBefore;
    private string? _said;
    private bool _arrived;

    [SupplyParameterFromQuery(Name = "before")] public string? BeforeWord { get; set; }

    private PrintSlice? Slice { get; set; }

    private IReadOnlyList<WaitingOrder>? Waiting { get; set; }

    public void Dispose() => _watching?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (Slice is null || BeforeWord != _shownBefore)
        {
            (_shownBefore, _said) = (BeforeWord, null);
            await LoadAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _watching = feed.Watch(tick => _ = InvokeAsync(() => HearAsync(tick.Changed.Count > 0)));
        }
    }

    private async Task LoadAsync()
    {
        Waiting = await lists.ReadAsync(Department.Warehouse, CancellationToken.None);
        Slice = await jobs.ReadAsync(PrintCursor.Read(BeforeWord), CancellationToken.None);
        _arrived = false;
    }

    private async Task SayAsync(string said)
    {
        await LoadAsync();
        _said = said;
    }

    private async Task HearAsync(bool isSomethingNew)
    {
        if (!isSomethingNew || Slice is not { } shown)
        {
            return;
        }

        Waiting = await lists.ReadAsync(Department.Warehouse, CancellationToken.None);
        if (BeforeWord is null && ReferenceEquals(Slice, shown) && await jobs.NewestAsync(CancellationToken.None) is { } newest)
        {
            if (shown.Rows.Count == 0)
            {
                // Nothing in view that could move.
                await LoadAsync();
            }
            else
            {
                _arrived = newest != shown.Rows[0].Place;
            }
        }

        StateHasChanged();
    }
}
