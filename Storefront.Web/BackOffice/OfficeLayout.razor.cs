using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Options;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice;

/// <summary>The back office around every page of it; hands the current numbers down to them.</summary>
public sealed partial class OfficeLayout(OfficeFeed feed, IOptions<ShopOptions> shop, NavigationManager navigation) : IDisposable
{
    private OfficeNumbers? _numbers;
    private ErrorBoundary? _boundary;
    private IDisposable? _watching;

    private IOptions<ShopOptions> Shop => shop;

    private NavigationManager Navigation => navigation;

    // The document's base is the shop's root, so a bare "#page" would leave the page.
    private string SkipLink => $"{new Uri(navigation.Uri).PathAndQuery}#page";

    public void Dispose() => _watching?.Dispose();

    protected override async Task OnInitializedAsync() => _numbers = await feed.NowAsync(CancellationToken.None);

    // Another page is another chance.
    protected override void OnParametersSet() => _boundary?.Recover();

    protected override void OnAfterRender(bool firstRender)
    {
        // Only here is the page interactive; a prerendered one is thrown away.
        if (firstRender)
        {
            _watching = feed.Watch(tick => _ = InvokeAsync(() =>
            {
                _numbers = tick.Numbers;
                StateHasChanged();
            }));
        }
    }

    private void Reload() => navigation.NavigateTo(navigation.Uri, forceLoad: true);
}
