using System.ComponentModel.DataAnnotations;

namespace Storefront.Web.Account;

/// <summary>Section <c>Staff</c>: who may enter the back office.</summary>
public sealed class StaffOptions
{
    public const string Section = "Staff";

    /// <summary>The staff's password. Empty: the shop keeps the one it has, or makes one at first start and shows it once.</summary>
    [RegularExpression(@"[\s\S]{8,200}", ErrorMessage = "Staff:Password must have 8 to 200 characters.")]
    public string? Password { get; set; }
}
