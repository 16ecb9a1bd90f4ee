using System.Data.Common;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.Api;
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
    IAntiforgery antiforgery, KnownCustomer customer, TypedCheckout typed, IOptions<ShopOptions> shop, ILogger<CheckoutPage> log)
{
    /// <summary>Where it is.</summary>
    public const string Address = "/checkout";

    private const string FormName = "checkout";

    // What the form orders; null while the page is only looked at, and where the form does not say.
    private Basket? _sent;

    // What the page shows, and its form will order: what can be had.
    private BasketContents _contents = BasketContents.None;
    private IReadOnlyList<BasketLine> _leftOut = [];
    private IReadOnlyList<FieldFault> _faults = [];
    private RenderFragment? _notice;

    // What the button beside the news says, where something changed after the page was made.
    private string? _again;
    private bool _isAnswered;

    [SupplyParameterFromForm(FormName = FormName)]
    private CheckoutForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private IOptions<ShopOptions> Shop => shop;

    private string Total => Words.Money(_contents.TotalMinor, shop.Value.Currency);

    // A form that was sent stands on the page until it is answered, even with nothing left to order: without it nobody would answer.
    private bool HasForm => _contents.Lines.Count > 0 || (HttpMethods.IsPost(Http.Request.Method) && !_isAnswered);

    protected override async Task OnInitializedAsync()
    {
        _sent = Basket.TryParse(Form?.Basket, out var sent) ? sent : null;
        Form ??= typed.Find() ?? await customer.FormAsync(Http.RequestAborted);
        await ShowAsync(_sent ?? cookie.Current);
        if (!HasForm)
        {
            // The basket says what is the matter with it and helps.
            navigation.NavigateTo(CartPage.Address);
        }
    }

    private async Task PlaceAsync()
    {
        _isAnswered = true;
        if (OrderPacing.HeldFor(Http) is { } seconds)
        {
            Refuse(StatusCodes.Status429TooManyRequests, CheckoutNotice.TooFast(Words, seconds));
        }
        else if (!await antiforgery.IsRequestValidAsync(Http))
        {
            Refuse(StatusCodes.Status400BadRequest, CheckoutNotice.GrewOld(Words));
        }
        else if (_sent is null)
        {
            // Not what any of our pages sends. What the page shows now is the visitor's basket, which nobody has asked for yet.
            Refuse(StatusCodes.Status422UnprocessableEntity, CheckoutNotice.Unreadable(Words));
        }
        else
        {
            await PlaceAsync(_sent);
        }
    }

    private async Task PlaceAsync(Basket basket)
    {
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
                await TellChangesAsync(basket, [], sold.Shortages);
                break;
            case Placing.Repriced repriced:
                await TellChangesAsync(basket, repriced.Prices, repriced.Shortages);
                break;
            case Placing.Refused refused:
                Refuse(StatusCodes.Status422UnprocessableEntity, refused.Faults.Any(f => f.Field == OrderRequest.ProductsField) ? await TakeUnknownOutAsync(basket) : null);
                _faults = FieldFault.Of(refused.Faults, Form!, Words);
                break;
        }
    }

    private void Refuse(int status, RenderFragment? notice)
    {
        Http.Response.StatusCode = status;
        _notice = notice;
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
            Refuse(StatusCodes.Status503ServiceUnavailable, CheckoutNotice.NotWritten(Words));
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
        typed.Forget();
        Change(ordered, mine => mine.Without(ordered));

        SeeOther.Instead(Http.Response);
        navigation.NavigateTo(TrackPage.AddressOf(number) + query);
    }

    private async Task<bool> HasSameGoodsAsync(OrderNumber number, Basket basket) =>
        await orders.FindAsync(number, Http.RequestAborted) is { } earlier
        && earlier.Lines.Count == basket.Items.Count
        && earlier.Lines.All(l => basket.QuantityOf(l.ProductId) == l.Quantity);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "An order from the checkout could not be written down; the customer was asked to send it again")]
        public static partial void NotWritten(ILogger log, Exception e);
    }
}
