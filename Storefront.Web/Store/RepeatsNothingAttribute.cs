namespace Storefront.Web.Store;

/// <summary>A page on which nothing stands that came with the query of its address; nor does <see cref="StoreLayout"/> then repeat any.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RepeatsNothingAttribute : Attribute;
