using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Storefront.Catalog;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Products.Edit;

/// <summary>One of the goods, all of it; follows what others do to it, in this process at once and otherwise within seconds.</summary>
public sealed partial class ProductPage(ProductShelf shelf, OfficeFeed feed, GoodsNews news) : IDisposable
{
    private static readonly Sign InShop = new("In the shop", Icons.Material.Rounded.Storefront, "leaf");
    private static readonly Sign Archived = new("Archived", Icons.Material.Rounded.Inventory, "plain");

    private readonly CancellationTokenSource _leaving = new();
    private StaffProduct? _found;
    private IDisposable? _watching;
    private IDisposable? _hearing;
    private bool _isMissing;
    private bool _isReading;

    [Parameter] public string Num { get; set; } = "";

    /// <summary>The request while the page is prerendered; null on the circuit.</summary>
    [CascadingParameter] public HttpContext? HttpContext { get; set; }

    private int? Id => int.TryParse(Num, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public void Dispose()
    {
        _watching?.Dispose();
        _hearing?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_found?.Product.Id != Id || _found is null)
        {
            await LoadAsync();
            if (_isMissing)
            {
                NotThere.Say(HttpContext);
            }
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _watching = feed.Watch(tick => _ = InvokeAsync(RefreshAsync));
            _hearing = news.Listen(id => _ = id == Id ? InvokeAsync(RefreshAsync) : Task.CompletedTask);
        }
    }

    private async Task LoadAsync()
    {
        _found = Id is { } id ? await shelf.FindAsync(id, _leaving.Token) : null;
        _isMissing = _found is null;
    }

    private async Task RefreshAsync()
    {
        if (_isReading || _found is null)
        {
            return;
        }

        _isReading = true;
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _leaving.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (System.Data.Common.DbException)
        {
            // The next tick tries again.
        }
        finally
        {
            _isReading = false;
        }
    }
}
