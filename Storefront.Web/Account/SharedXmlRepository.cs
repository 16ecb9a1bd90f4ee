using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Storefront.Data;

namespace Storefront.Web.Account;

/// <summary>Keeps the keys under cookies and forms among the shop's <see cref="SharedKeys"/>, so that every node reads what another has signed.</summary>
internal sealed class SharedXmlRepository(SharedKeys shared) : IXmlRepository
{
    private const string Prefix = "data-protection/";

    public IReadOnlyCollection<XElement> GetAllElements() => [.. shared.Under(Prefix).Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) => shared.Add(Prefix + friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
