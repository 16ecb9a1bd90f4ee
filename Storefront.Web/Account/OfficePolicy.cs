using Microsoft.AspNetCore.Authorization;

namespace Storefront.Web.Account;

/// <summary>The three rules by which pages and actions of the back office are open.</summary>
public static class OfficePolicy
{
    /// <summary>For every member of the staff.</summary>
    public const string View = "office.view";

    /// <summary>From <see cref="StaffRole.Operator"/> on.</summary>
    public const string Operate = "office.operate";

    /// <summary>For a <see cref="StaffRole.Manager"/>.</summary>
    public const string Manage = "office.manage";

    public static void Add(AuthorizationOptions options)
    {
        Add(options, View, StaffRole.Viewer);
        Add(options, Operate, StaffRole.Operator);
        Add(options, Manage, StaffRole.Manager);
    }

    private static void Add(AuthorizationOptions options, string policy, StaffRole least) =>
        options.AddPolicy(policy, rule => rule.RequireRole(Enum.GetValues<StaffRole>().Where(role => role >= least).Select(role => role.ToString())));
}
