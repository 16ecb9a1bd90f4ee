using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Data;

/// <summary>A secret that all processes of the shop have in common; used where they share a database server, otherwise it lies in the data folder.</summary>
public sealed class SharedKey
{
    public required string Name { get; init; }
    public required string Content { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SharedKey>
    {
        public void Configure(EntityTypeBuilder<SharedKey> key)
        {
            key.ToTable("shared_keys");
            key.HasKey(k => k.Name);
        }
    }
}
