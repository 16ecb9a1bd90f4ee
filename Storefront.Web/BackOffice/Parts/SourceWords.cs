using Storefront.Orders;

namespace Storefront.Web.BackOffice.Parts;

/// <summary>Where an order came in, in words.</summary>
public static class SourceWords
{
    public static string Word(this OrderSource source) => source switch
    {
        OrderSource.Shop => "Shop",
        OrderSource.Api => "API",
        OrderSource.Queue => "Queue",
        OrderSource.Simulation => "Simulation",
        _ => source.ToString(),
    };
}
