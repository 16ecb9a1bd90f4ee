using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Storefront.Orders;
using Storefront.Web.Passkeys;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.Accounts.Pages;

namespace Storefront.Web.Store.Accounts;

/// <summary>Everything that the shop knows of whoever is signed in, as a file to take along: the account and every order placed with its address.</summary>
public static class AccountCopy
{
    public const string Address = $"{AccountPage.Address}/copy";

    /// <summary>More than anybody orders; what is held in memory has an end.</summary>
    private const int Most = 1000;

    private static readonly JsonSerializerOptions Readable = new(OrderJson.Options) { WriteIndented = true };

    public static void MapAccountCopy(this IEndpointRouteBuilder app) =>
        app.MapGet(Address, CopyAsync).WithMetadata(new PersonalPageAttribute(), new NeedsMailAttribute()).ExcludeFromDescription();

    private static async Task<IResult> CopyAsync(
        SignedInCustomer customer, UserManager<CustomerAccount> accounts, OrderOwners owners, OrderReader orders,
        CancellationToken cancellationToken)
    {
        if (await customer.WhoAsync() is not { } who || await accounts.GetUserAsync(who) is not { Email: { } email } account)
        {
            return new SeeOther(CustomerSignInPage.AddressToReturn(AccountPage.Address));
        }

        var placed = new List<PlacedOrder>();
        foreach (var number in await owners.NumbersOfAsync(email, Most, cancellationToken))
        {
            if (await orders.FindAsync(number, cancellationToken) is { } order && await owners.FindAsync(number, cancellationToken) is { } person)
            {
                placed.Add(new(order, person));
            }
        }

        var copy = new Copy(email, account.CreatedAt, HasPassword: account.PasswordHash is not null,
            [.. (await accounts.ListPasskeysAsync(account)).Select(p => new OwnPasskey(p.Name, p.CreatedAt))], placed);
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(copy, Readable), "application/json", "account.json");
    }

    private sealed record Copy(string Email, DateTimeOffset ProvedAt, bool HasPassword, IReadOnlyList<OwnPasskey> Passkeys, IReadOnlyList<PlacedOrder> Orders);

    private sealed record OwnPasskey(string? Name, DateTimeOffset MadeAt);

    private sealed record PlacedOrder(OrderSnapshot Order, Customer Customer);
}
