using Storefront.Orders;
using Storefront.Web.Store.Checkout;

namespace Storefront.Web.Store.Accounts;

/// <summary>What the checkout knows of whoever is signed in: their address, and where the last parcel went.</summary>
public sealed class KnownCustomer(SignedInCustomer customer, OrderOwners owners)
{
    /// <summary>The form as far as it is known; an empty one for everybody else. The note was for that parcel alone.</summary>
    public async Task<CheckoutForm> FormAsync(CancellationToken cancellationToken)
    {
        if (await customer.EmailAsync() is not { } email)
        {
            return new CheckoutForm();
        }

        var last = await owners.NumbersOfAsync(email, 1, cancellationToken) is [var number] ? await owners.FindAsync(number, cancellationToken) : null;
        return new CheckoutForm
        {
            Name = last?.Name,
            Email = email,
            Street = last?.Address?.Street,
            City = last?.Address?.City,
            Postcode = last?.Address?.Postcode,
            Country = last?.Address?.Country,
        };
    }
}
