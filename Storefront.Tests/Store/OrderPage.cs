using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Languages;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

/// <summary>Shows orders as their page does, without the page around them.</summary>
internal sealed class OrderPage : BunitContext
{
    public OrderPage(Language? language = null) =>
        Services.AddSingleton(Options.Create(new ShopOptions())).AddScoped(_ => new Words(language ?? Language.English));

    public IRenderedComponent<OrderView> Show(Order order) => Render<OrderView>(parameters => parameters.Add(v => v.Order, OrderSnapshot.Of(order)));
}
