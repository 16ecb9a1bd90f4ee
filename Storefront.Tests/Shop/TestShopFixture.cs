namespace Storefront.Tests.Shop;

/// <summary>One test shop for all tests of a class; for those that do not disturb each other.</summary>
public sealed class TestShopFixture : IAsyncLifetime
{
    public TestShop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
