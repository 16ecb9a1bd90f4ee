using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>Whose an order is. What comes from here is personal: only for whoever proved to be the one.</summary>
public sealed class OrderOwners(IDbContextFactory<StoreDb> contexts)
{
    /// <summary>Who ordered and where it goes; null when there is no such order.</summary>
    public async Task<Customer?> FindAsync(OrderNumber number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Number == number, cancellationToken))?.Customer;
    }

    /// <summary>
    /// Whether there is an order of this number that was placed with this address, in any case of its letters. Of one without an address it is nobody's.
    /// The same query and the same comparison whether the order is missing or the address another, so that the time it takes tells neither.
    /// </summary>
    public async Task<bool> IsOfAsync(OrderNumber number, string email, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = await db.Orders.Where(o => o.Number == number).Select(o => o.Customer.Email).SingleOrDefaultAsync(cancellationToken);
        return CryptographicOperations.FixedTimeEquals(Digest(kept ?? ""), Digest(email)) & kept is not null;
    }

    /// <summary>
    /// The newest orders that were placed with this address, the newest first: only for somebody who proved that it is theirs. Of letters beyond ASCII the case
    /// counts, as for the databases.
    /// </summary>
    public async Task<IReadOnlyList<OrderNumber>> NumbersOfAsync(string email, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // By hand, since EF Core knows no index on what is computed (ix_orders_email).
        return await db.Sql("SELECT number FROM orders WHERE lower(email) = @email AND email IS NOT NULL ORDER BY placed_at DESC LIMIT @most",
            ("@email", string.Concat(email.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c))), ("@most", most))
            .ListAsync(row => new OrderNumber(row.Number(0)), cancellationToken);
    }

    // Of one length, so that nothing can be told from how long an address is.
    private static byte[] Digest(string email) => SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant()));
}
