using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Orders;

/// <summary>An idempotency key that has made an order; kept for <see cref="Lifetime"/>.</summary>
public sealed class UsedKey
{
    /// <summary>How long a key is remembered (the contract's 24 hours).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The client's key, prefixed by where it came in, so that the pages' keys and the API's cannot meet.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 over the request as understood: the same key with another request is refused.</summary>
    public required string Fingerprint { get; init; }
    public required OrderNumber Number { get; init; }
    public required DateTimeOffset UsedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<UsedKey>
    {
        public void Configure(EntityTypeBuilder<UsedKey> key)
        {
            key.ToTable("used_keys");
            key.HasKey(k => k.Key);
            key.HasIndex(k => k.UsedAt);
        }
    }
}
