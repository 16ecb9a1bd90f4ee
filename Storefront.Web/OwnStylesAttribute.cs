namespace Storefront.Web;

/// <summary>A page that loads, of the components' styles, only <c>tracking.styles.css</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnStylesAttribute : Attribute;
