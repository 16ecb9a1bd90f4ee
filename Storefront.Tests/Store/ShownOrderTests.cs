using System.Text.Json;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

/// <summary>What a page hands over to its live part.</summary>
public sealed class A_shown_order
{
    [Fact]
    public void Comes_out_of_the_page_as_it_went_in()
    {
        var shown = new ShownOrder(
            OrderSnapshot.Of(SomeOrder.Cancelled(after: [Department.Sales, Department.Warehouse])),
            new Dictionary<int, string> { [1] = "Brómberjasulta" }, new Forecast(TimeSpan.FromHours(2), TimeSpan.FromMinutes(90)));

        var page = JsonSerializer.Serialize(shown, JsonSerializerOptions.Web);

        var back = JsonSerializer.Deserialize<ShownOrder>(page, JsonSerializerOptions.Web).ShouldNotBeNull();
        Plain(back).ShouldBe(Plain(shown));
        page.Length.ShouldBeLessThan(Plain(shown).Length / 2, "it is packed");
    }

    private static string Plain(ShownOrder shown) => JsonSerializer.Serialize(new { shown.Order, shown.Names, shown.Usual }, JsonSerializerOptions.Web);
}
