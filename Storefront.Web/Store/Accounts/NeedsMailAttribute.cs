namespace Storefront.Web.Store.Accounts;

/// <summary>A page (or a form) of the customers' accounts: there is none while the shop cannot write mail, since nobody could prove an address.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsMailAttribute : Attribute;
