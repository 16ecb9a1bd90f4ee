using System.ComponentModel.DataAnnotations;

namespace Storefront.Web.Account;

/// <summary>Section <c>Staff</c>: who may enter the back office.</summary>
public sealed class StaffOptions
{
    public const string Section = "Staff";

    /// <summary>The password of the first manager (<see cref="FirstManager"/>), taken over whenever it changes. Empty: they keep the one they have, or one is made at first start and shown once.</summary>
    [RegularExpression(@"[\s\S]{8,200}", ErrorMessage = "Staff:Password must have 8 to 200 characters.")]
    public string? Password { get; set; }
}
