using Microsoft.AspNetCore.Components;
using Storefront.Orders;
using Storefront.Web.Store.Accounts;
using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store.Tracking;

/// <summary>
/// The page of an order, in two tiers: whoever has the number sees goods and progress; this browser's own orders, and those of the account it is signed in with, show everything. A mailed link carries
/// the order's key: with the right one the browser remembers the order as its own and goes on to the address without it, so that nothing that is copied,
/// bookmarked or told to another site from there gives the order away.
/// </summary>
public sealed partial class TrackPage(
    OrderReader orders, OrderOwners owners, OrderKeys keys, OwnOrders own, SignedInCustomer customer, ForecastReader forecasts, AssortmentReader goods, BasketCookie basket, NavigationManager navigation)
{
    private OrderNumber _number;
    private OrderSnapshot? _order;
    private Customer? _customer;
    private bool _isOwn;
    private Forecast _usual = Forecast.None;
    private IReadOnlyList<Lacking>? _missing;
    private IReadOnlyDictionary<int, string> _names = new Dictionary<int, string>();

    [Parameter] public string Number { get; set; } = "";

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    /// <summary>The order's key, of a mailed link (<see cref="OrderLinks.Mailed"/>).</summary>
    [SupplyParameterFromQuery(Name = OrderLinks.KeyField)] private string? Key { get; set; }

    /// <summary>Set when somebody sent the same basket again.</summary>
    [SupplyParameterFromQuery] private string? Again { get; set; }

    /// <summary>Set when cancelling came too late.</summary>
    [SupplyParameterFromQuery] private string? Late { get; set; }

    /// <summary>Set when somebody without scripts wants to cancel.</summary>
    [SupplyParameterFromQuery] private string? Cancel { get; set; }

    /// <summary>Set when the order's goods were put into the basket once more, as far as they could.</summary>
    [SupplyParameterFromQuery] private string? Reordered { get; set; }

    private BasketCookie Basket => basket;

    // The address may be kept, or made up: what it says has to be true of the order as it is.
    private bool IsLate => Late is not null && _order is { CanBeCancelled: false, Status: not OrderStatus.Cancelled };

    private bool IsAsking => Cancel is not null && _isOwn && _order!.CanBeCancelled;

    private string AgainText => Words[_order!.Status == OrderStatus.Cancelled ? "order.again.cancelled" : "order.again"];

    public static string AddressOf(OrderNumber number) => OrderLinks.Shared(number);

    public static string AddressWhenTooLate(OrderNumber number) => $"{AddressOf(number)}?late=1";

    public static string AddressAfterReordering(OrderNumber number) => $"{AddressOf(number)}?reordered=1";

    protected override async Task OnInitializedAsync()
    {
        if (!OrderNumber.TryParse(Number, out _number) || await orders.FindAsync(_number, Http.RequestAborted) is not { } order)
        {
            navigation.NotFound();
        }
        else if (Key is not null && keys.Matches(_number, Key))
        {
            own.Add(_number);
            SeeOther.Instead(Http.Response);
            navigation.NavigateTo(AddressOf(_number));
        }
        else if (_number.ToString() != Number)
        {
            // One address for one order, however its number was typed.
            navigation.NavigateTo(AddressOf(_number));
        }
        else
        {
            await ShowAsync(order);
        }
    }

    private async Task ShowAsync(OrderSnapshot order)
    {
        _isOwn = own.Contains(_number) || await customer.OwnsAsync(_number, Http.RequestAborted);
        _customer = _isOwn ? await owners.FindAsync(_number, Http.RequestAborted) : null;
        _names = await goods.NamesAsync(order.Lines, Words.Language, Http.RequestAborted);
        _usual = order.IsComplete ? Forecast.None : await forecasts.NowAsync(Http.RequestAborted);
        if (Reordered is not null && order.Lines.Count > 0)
        {
            _missing = Reordering.Missing(basket.Current, order.Lines, await goods.NowAsync(Words.Language, Http.RequestAborted));
        }

        _order = order;
    }
}
