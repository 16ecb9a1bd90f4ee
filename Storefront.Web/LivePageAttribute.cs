namespace Storefront.Web;

/// <summary>A static page with a live part: the only store pages that load Blazor's script.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LivePageAttribute : Attribute;
