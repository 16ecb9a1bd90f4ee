using Microsoft.AspNetCore.Components;
using Storefront.Catalog;
using Storefront.Orders;
using Storefront.Web.Store.Cart;

namespace Storefront.Web.Store.Checkout;

/// <content>What became of the goods since the page was made that was sent: nothing is ordered, and the page that answers shows them as they are now.</content>
public sealed partial class CheckoutPage
{
    /// <summary>This basket was ordered with other goods in it, in another tab for example: these may become an order of their own, if they are meant to.</summary>
    private async Task BeginAnotherAsync(Basket basket, OrderNumber earlier)
    {
        var another = basket.Renewed();
        Change(basket, mine => mine with { Id = another.Id });

        await ShowAsync(another);
        Refuse(StatusCodes.Status409Conflict, CheckoutNotice.OrderedBefore(Words, earlier));
    }

    /// <summary>Something was sold, or got another price, after the page was made. Nothing is ordered; the page has what can be had at the prices of now.</summary>
    private async Task TellChangesAsync(Basket basket, IReadOnlyList<NewPrice> prices, IReadOnlyList<Shortage> shortages)
    {
        var left = shortages.Aggregate(basket, (b, s) => b.With(s.ProductId, s.Left));
        Change(basket, mine => shortages.Aggregate(mine, (b, s) => b.With(s.ProductId, Math.Min(s.Left, b.QuantityOf(s.ProductId)))));
        goods.Forget();
        await ShowAsync(left);
        var called = await goods.NowAsync(Words.Language, Http.RequestAborted);
        _again = shortages.Count > 0 ? "checkout.place.left" : "checkout.place.prices";
        Refuse(StatusCodes.Status409Conflict, CheckoutNotice.Changed(
            Words,
            [.. prices.Select(p => p with { Name = called.Find(p.ProductId)?.Name ?? p.Name })],
            [.. shortages.Select(s => s with { Name = called.Find(s.ProductId)?.Name ?? s.Name })],
            shop.Value.Currency,
            isSomethingLeft: _contents.Lines.Count > 0));
    }

    private async Task<RenderFragment> TakeUnknownOutAsync(Basket basket)
    {
        goods.Forget();
        await ShowAsync(basket);
        var known = await goods.NowAsync(Http.RequestAborted);
        Change(basket, mine => mine.Only(id => known.Find(id) is { IsSold: true }));
        _again = "checkout.place.left";
        return CheckoutNotice.Gone(Words, isSomethingLeft: _contents.Lines.Count > 0);
    }

    /// <summary>Changes the visitor's basket if it is still the one that was sent.</summary>
    private void Change(Basket sent, Func<Basket, Basket> change)
    {
        if (cookie.Current.Id == sent.Id)
        {
            cookie.Save(change(cookie.Current));
        }
    }

    private async Task ShowAsync(Basket basket)
    {
        var found = BasketContents.Of(basket, await goods.NowAsync(Words.Language, Http.RequestAborted));
        (_contents, _leftOut) = (found.Available, [.. found.Shortages]);
        if (_isAnswered && _contents.Lines.Count == 0)
        {
            // The page has no form any more that would keep it.
            typed.Keep(Form!);
        }
    }
}
