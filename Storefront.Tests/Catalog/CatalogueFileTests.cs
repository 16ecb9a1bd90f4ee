using Storefront.Catalog;

namespace Storefront.Tests.Catalog;

public sealed class A_catalogue_file : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Of_the_demo_shop_has_the_products_of_the_seed()
    {
        var file = CatalogueFile.Read(null);
        file.Products.Count.ShouldBe(42);
        file.Products.Select(p => p.Id).ShouldContain(2);
        file.Products.Select(p => p.Id).ShouldContain(4);
        file.Products.Select(p => p.Id).ShouldContain(42);
        file.Products.Where(p => p.Id is 2 or 4 or 42).ShouldAllBe(p => p.Stock >= 1000);
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("null", "the file is empty")]
    [InlineData("""{"categories": null, "products": []}""", "cannot be read")]
    [InlineData("""{"categories": [{"id": "a", "name": "A", "line": ""}, {"id": "a", "name": "B", "line": ""}], "products": []}""", "category a stands in it twice")]
    [InlineData("""{"categories": [], "products": [PRODUCT]}""", "there is no category 'a'")]
    [InlineData("""{"categories": [{"id": "a", "name": "A", "line": ""}], "products": [PRODUCT, PRODUCT]}""", "product 1 stands in it twice")]
    public void With_a_fault_is_refused_by_name_and_reason(string text, string reason)
    {
        File.WriteAllText(_path, text.Replace("PRODUCT", """{"id": 1, "slug": "x", "name": "X", "category": "a", "price": 1.50, "stock": 1, "bin": "", "line": "", "description": ""}""", StringComparison.Ordinal));
        var fault = Should.Throw<InvalidDataException>(() => CatalogueFile.Read(_path));
        fault.Message.ShouldStartWith("Catalog:File: ");
        fault.Message.ShouldContain(_path);
        fault.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("price", "1.505")]
    [InlineData("price", "-1")]
    [InlineData("stock", "-1")]
    [InlineData("slug", "\"Not a slug\"")]
    [InlineData("name", "\" \"")]
    [InlineData("id", "0")]
    public void With_an_impossible_product_is_refused(string field, string value)
    {
        var product = System.Text.Json.Nodes.JsonNode.Parse("""{"id": 1, "slug": "x", "name": "X", "category": "a", "price": 1.50, "stock": 1, "bin": "", "line": "", "description": ""}""")!;
        product[field] = System.Text.Json.Nodes.JsonNode.Parse(value);
        File.WriteAllText(_path, $$"""{"categories": [{"id": "a", "name": "A", "line": ""}], "products": [{{product.ToJsonString()}}]}""");
        Should.Throw<InvalidDataException>(() => CatalogueFile.Read(_path)).Message.ShouldContain("product");
    }

    public void Dispose() => File.Delete(_path);
}
