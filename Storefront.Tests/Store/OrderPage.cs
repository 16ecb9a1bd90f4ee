using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

/// <summary>Shows orders as their page does, without the page around them.</summary>
internal sealed class OrderPage : BunitContext
{
    public OrderPage() => Services.AddSingleton(Options.Create(new ShopOptions()));

    public IRenderedComponent<OrderView> Show(Order order) => Render<OrderView>(parameters => parameters.Add(v => v.Order, OrderSnapshot.Of(order)));
}
