namespace Storefront.Web.Store.Speech;

/// <summary>A page for customers: it speaks the language they choose. Pages without it are the staff's, and English.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForCustomersAttribute : Attribute;
