using Microsoft.AspNetCore.Components;
using MudBlazor;
using Storefront.Catalog;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Products;

/// <summary>The list of goods. Their prices and stock follow in place; which rows there are, and in which order, is as it was when the list was asked for.</summary>
public sealed partial class ProductsPage(ProductShelf shelf, OfficeFeed feed, GoodsNews news, NavigationManager navigation) : IDisposable
{
    /// <summary>More rows nobody reads.</summary>
    private const int Most = 200;

    private static readonly Sign Out = new("None", Icons.Material.Rounded.Block, "berry");

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<Product> _rows = [];
    private AllGoods? _goods;
    private IDisposable? _watching;
    private IDisposable? _hearing;
    private bool _isReading;
    private string? _shown;

    [SupplyParameterFromQuery(Name = "category")] public string? CategoryWord { get; set; }
    [SupplyParameterFromQuery(Name = "low")] public string? LowWord { get; set; }
    [SupplyParameterFromQuery(Name = "archived")] public string? ArchivedWord { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? SearchWord { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? SortWord { get; set; }

    private ProductFilter Filter { get; set; } = ProductFilter.None;

    public void Dispose()
    {
        _watching?.Dispose();
        _hearing?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        Filter = ProductFilter.Read(CategoryWord, LowWord, ArchivedWord, SearchWord, SortWord);
        if (_shown != Filter.Address)
        {
            _shown = Filter.Address;
            var goods = await shelf.ReadAsync(_leaving.Token);
            (_goods, _rows) = (goods, Filter.Of(goods.Products));
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _watching = feed.Watch(tick => _ = InvokeAsync(RefreshAsync));
            _hearing = news.Listen(id => _ = InvokeAsync(RefreshAsync));
        }
    }

    /// <summary>The same rows as they are now. What is heard of meanwhile comes with the next tick.</summary>
    private async Task RefreshAsync()
    {
        if (_isReading || _goods is null)
        {
            return;
        }

        _isReading = true;
        try
        {
            _goods = await shelf.ReadAsync(_leaving.Token);
            var now = _goods.Products.ToDictionary(p => p.Id);
            _rows = [.. _rows.Select(row => now.GetValueOrDefault(row.Id) ?? row)];
            StateHasChanged();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _leaving.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (System.Data.Common.DbException)
        {
            // The bar above says how the database is; the next tick tries again.
        }
        finally
        {
            _isReading = false;
        }
    }

    private void Go(ProductFilter filter) => navigation.NavigateTo(filter.Address, replace: true);

    private static string With(ProductFilter filter) => filter.Address;

    private static string? Current(bool isCurrent) => isCurrent ? "true" : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Sign Low(int stock) => new($"{stock} left", Icons.Material.Rounded.HourglassEmpty, "honey");
}
