using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Auditing;
using Storefront.Data;

namespace Storefront.Tests.Auditing;

/// <summary>What the staff did is written down in the commit that does it, and stays.</summary>
public sealed class The_audit_log
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_only_ever_added_to()
    {
        await using var shop = await TestShop.OpenAsync();
        await AddAsync(shop, keep: true);
        await using var db = shop.OpenDatabase();

        await Should.ThrowAsync<DbException>(() => db.AuditLog.ExecuteUpdateAsync(e => e.SetProperty(x => x.Who, "nobody"), Cancellation));
        await Should.ThrowAsync<DbException>(() => db.AuditLog.ExecuteDeleteAsync(Cancellation));

        (await db.AuditLog.SingleAsync(Cancellation)).ShouldSatisfyAllConditions(e => e.Who.ShouldBe("anna"), e => e.Subject.ShouldBe("product 12"));
    }

    [Fact]
    public async Task Says_nothing_of_what_was_not_done()
    {
        await using var shop = await TestShop.OpenAsync();
        await AddAsync(shop, keep: false);
        await using var db = shop.OpenDatabase();
        (await db.AuditLog.CountAsync(Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task Shortens_a_detail_that_is_too_long()
    {
        await using var shop = await TestShop.OpenAsync();
        await AddAsync(shop, keep: true, new string('x', AuditLog.MaxDetail + 1));
        await using var db = shop.OpenDatabase();
        (await db.AuditLog.SingleAsync(Cancellation)).Detail.ShouldBe(new string('x', AuditLog.MaxDetail - 1) + "…");
    }

    private static Task<bool> AddAsync(TestShop shop, bool keep, string detail = "price 4.20 → 4.50") => shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
    {
        shop.Services.GetRequiredService<AuditLog>().Add(db, "anna", "product.edit", "product 12", detail);
        await db.SaveChangesAsync(ct);
        if (!keep)
        {
            db.Discard();
        }

        return keep;
    }, Cancellation);
}
