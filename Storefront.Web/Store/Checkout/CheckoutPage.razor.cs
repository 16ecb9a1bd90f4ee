using System.Data.Common;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.Store.Accounts;
using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Goods;
using Storefront.Web.Store.Tracking;

namespace Storefront.Web.Store.Checkout;

/// <summary>
/// One page from basket to order. The basket's id is the idempotency key, so that a double click, the back button or a second tab makes no second order.
/// </summary>
public sealed partial class CheckoutPage(
    BasketCookie cookie, OwnOrders own, AssortmentReader goods, PlaceOrder place, OrderReader orders, NavigationManager navigation,
    IAntiforgery antiforgery, KnownCustomer customer, IOptions<ShopOptions> shop, ILogger<CheckoutPage> log)
{
    private const string FormName = "checkout";

    private BasketContents _contents = new(Basket.Empty(), []);
    private IReadOnlyList<FieldFault> _faults = [];
    private RenderFragment? _notice;

    [SupplyParameterFromForm(FormName = FormName)]
    private CheckoutForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private IOptions<ShopOptions> Shop => shop;

    protected override async Task OnInitializedAsync()
    {
        var posted = Basket.TryParse(Form?.Basket, out var ordering);
        Form ??= await customer.FormAsync(Http.RequestAborted);
        await ShowAsync(posted ? ordering! : cookie.Current);
        if (_contents.Lines.Count == 0 || (!posted && _contents.HasShortage))
        {
            // The basket says what is the matter with it and helps.
            navigation.NavigateTo(CartPage.Address);
        }
    }

    private async Task PlaceAsync()
    {
        if (_contents.Lines.Count == 0)
        {
            return;
        }

        if (!await antiforgery.IsRequestValidAsync(Http))
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            _notice = CheckoutNotice.GrewOld(Words);
            return;
        }

        var basket = _contents.Basket;
        switch (await TryPlaceAsync(basket))
        {
            case Placing.Accepted accepted:
                GoToTracker(basket, accepted.Number);
                break;
            case Placing.KeyTaken taken when await HasSameGoodsAsync(taken.Number, basket):
                GoToTracker(basket, taken.Number, "?again=1");
                break;
            case Placing.KeyTaken taken:
                await BeginAnotherAsync(basket, taken.Number);
                break;
            case Placing.SoldOut sold:
                await TakeOutAsync(basket, sold.Shortages);
                break;
            case Placing.Refused refused:
                Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                _faults = FieldFault.Of(refused.Faults, Form!, Words);
                break;
        }
    }

    private async Task<Placing?> TryPlaceAsync(Basket basket)
    {
        try
        {
            return await place.RunAsync(Form!.RequestFor(basket, Words.Language), OrderSource.Shop, new RequestKey("shop", basket.Id), Http.RequestAborted);
        }
        catch (Exception e) when (e is DbException or StoreOverloadedException)
        {
            // Whatever became of it, the key makes sending again safe; the page keeps what was typed.
            Log.NotWritten(log, e);
            Http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            _notice = CheckoutNotice.NotWritten(Words);
            return null;
        }
    }

    /// <summary>
    /// The order stands, and is this browser's: whoever has the basket's id has the key it was placed under.
    /// What it took leaves the basket, and whatever was put in meanwhile stays there.
    /// </summary>
    private void GoToTracker(Basket ordered, OrderNumber number, string query = "")
    {
        own.Add(number);
        if (cookie.Current.Id == ordered.Id)
        {
            cookie.Save(cookie.Current.Without(ordered));
        }

        SeeOther.Instead(Http.Response);
        navigation.NavigateTo(TrackPage.AddressOf(number) + query);
    }

    private async Task<bool> HasSameGoodsAsync(OrderNumber number, Basket basket) =>
        await orders.FindAsync(number, Http.RequestAborted) is { } earlier
        && earlier.Lines.Count == basket.Lines.Count
        && earlier.Lines.All(l => basket.QuantityOf(l.ProductId) == l.Quantity);

    /// <summary>This basket was ordered with other goods in it, in another tab for example: these may become an order of their own, if they are meant to.</summary>
    private async Task BeginAnotherAsync(Basket basket, OrderNumber earlier)
    {
        var another = basket.Renewed();
        if (cookie.Current.Id == basket.Id)
        {
            cookie.Save(cookie.Current with { Id = another.Id });
        }

        await ShowAsync(another);
        Http.Response.StatusCode = StatusCodes.Status409Conflict;
        _notice = CheckoutNotice.OrderedBefore(Words, earlier);
    }

    private async Task TakeOutAsync(Basket basket, IReadOnlyList<Shortage> shortages)
    {
        var left = shortages.Aggregate(basket, (b, s) => b.With(s.ProductId, s.Left));
        if (cookie.Current.Id == basket.Id)
        {
            cookie.Save(shortages.Aggregate(cookie.Current, (b, s) => b.With(s.ProductId, Math.Min(s.Left, b.QuantityOf(s.ProductId)))));
        }

        goods.Outdate();
        await ShowAsync(left);
        Http.Response.StatusCode = StatusCodes.Status409Conflict;
        _notice = CheckoutNotice.SoldOut(Words, await CalledAsync(shortages), isSomethingLeft: !left.IsEmpty);
    }

    /// <summary>The shortages with the names that the page gives the goods.</summary>
    private async Task<IReadOnlyList<Shortage>> CalledAsync(IReadOnlyList<Shortage> shortages)
    {
        var assortment = await goods.NowAsync(Words.Language, Http.RequestAborted);
        return [.. shortages.Select(s => assortment.Find(s.ProductId) is { } product ? s with { Name = product.Name } : s)];
    }

    private async Task ShowAsync(Basket basket) =>
        _contents = BasketContents.Of(basket, await goods.NowAsync(Words.Language, Http.RequestAborted));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "An order from the checkout could not be written down; the customer was asked to send it again")]
        public static partial void NotWritten(ILogger log, Exception e);
    }
}
