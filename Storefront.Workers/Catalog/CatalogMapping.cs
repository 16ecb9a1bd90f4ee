using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Data;

namespace Storefront.Catalog;

/// <summary>How the goods lie in the database.</summary>
internal sealed class CatalogMapping : IEntityTypeConfiguration<Product>, IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.ToTable("products", table => table.HasCheckConstraint("ck_products_stock", "stock >= 0"));
        product.Property(p => p.Id).ValueGeneratedNever();
        product.HasIndex(p => p.Slug).IsUnique();
        product.HasIndex(p => p.CategoryId);
        product.HasOne<Category>().WithMany().HasForeignKey(p => p.CategoryId);
        product.Property(p => p.Details).HasConversion<AsJson<Dictionary<string, string>>, AsJson<Dictionary<string, string>>.Comparer>();
    }

    public void Configure(EntityTypeBuilder<Category> category) => category.ToTable("categories");
}
