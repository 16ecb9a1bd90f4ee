using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Storefront.Web.Api;

// Only for the OpenAPI document, which shows the comment below: nothing is ever bound to this, since binding stops at the first fault; OrderBody reads the body.
/// <summary>What is ordered, and by whom.</summary>
internal sealed class OrderForm
{
    [Required, StringLength(200, MinimumLength = 1)]
    public required string CustomerName { get; init; }

    [Required, MinLength(1), MaxLength(100)]
    [Description("Product ids; an id named twice means two of it. product_ids is read too, but not both at once.")]
    public required IReadOnlyList<int> ProductsIds { get; init; }

    [EmailAddress, StringLength(254)]
    public string? Email { get; init; }

    public AddressForm? Address { get; init; }

    [StringLength(1000)]
    public string? Note { get; init; }

    internal sealed class AddressForm
    {
        [Required, StringLength(200, MinimumLength = 1)]
        public required string Street { get; init; }

        [Required, StringLength(100, MinimumLength = 1)]
        public required string City { get; init; }

        [Required, StringLength(20, MinimumLength = 1)]
        public required string Postcode { get; init; }

        [Required, StringLength(100, MinimumLength = 1)]
        public required string Country { get; init; }
    }
}
