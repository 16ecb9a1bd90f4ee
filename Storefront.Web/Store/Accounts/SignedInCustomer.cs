using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Storefront.Departments.Mail;
using Storefront.Orders;

namespace Storefront.Web.Store.Accounts;

/// <summary>
/// The customer who is signed in in this browser, if any, and what is theirs: every order that was placed with their address, since they have proved that they read its mail
/// (and a mailed link shows as much). Requests without the cookie cost nothing.
/// </summary>
public sealed class SignedInCustomer(IHttpContextAccessor http, IOptions<MailOptions> mail, OrderOwners owners)
{
    /// <summary>So many orders are listed.</summary>
    public const int Most = 50;

    private Task<ClaimsPrincipal?>? _who;

    /// <summary>Their proved address; null: nobody is signed in.</summary>
    public async Task<string?> EmailAsync() => (await WhoAsync())?.FindFirstValue(ClaimTypes.Email);

    /// <summary>The account, as Identity finds it; null: nobody is signed in.</summary>
    public Task<ClaimsPrincipal?> WhoAsync() => _who ??= FindAsync();

    /// <summary>Whether the order was placed with their address.</summary>
    public async Task<bool> OwnsAsync(OrderNumber number, CancellationToken cancellationToken) =>
        await EmailAsync() is { } email && await owners.IsOfAsync(number, email, cancellationToken);

    /// <summary>Their newest orders, the newest first.</summary>
    public async Task<IReadOnlyList<OrderNumber>> OrdersAsync(CancellationToken cancellationToken) =>
        await EmailAsync() is { } email ? await owners.NumbersOfAsync(email, Most, cancellationToken) : [];

    private async Task<ClaimsPrincipal?> FindAsync() =>
        mail.Value.IsOn && http.HttpContext is { } context && context.Request.Cookies.ContainsKey(CustomerSession.CookieName)
            ? (await context.AuthenticateAsync(CustomerSession.Scheme)).Principal
            : null;
}
