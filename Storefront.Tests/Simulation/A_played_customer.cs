using Storefront.Orders;
using Storefront.Simulation;

namespace Storefront.Tests.Simulation;

public sealed class A_played_customer
{
    private static readonly int[] Products = [.. Enumerable.Range(1, 42)];

    [Fact]
    public void Orders_what_the_shop_takes_and_leaves_no_address_to_write_to()
    {
        var all = Come(seed: 1, 2000);
        all.ShouldAllBe(r => r.Customer.Email == null);
        all.SelectMany(r => r.Tidy().Faults()).ShouldBeEmpty();
        all.SelectMany(r => r.Products).ShouldAllBe(a => Products.Contains(a.ProductId));
    }

    [Fact]
    public void Comes_again_with_the_same_seed_and_with_no_other()
    {
        Fingerprints(seed: 7).ShouldBe(Fingerprints(seed: 7));
        Fingerprints(seed: 7).Intersect(Fingerprints(seed: 8), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Has_a_name_of_many_scripts_and_some_that_programs_stumble_over()
    {
        var names = Come(seed: 1, 2000).Select(r => r.Customer.Name).ToList();
        foreach (var letter in "aöłзηع한")
        {
            names.ShouldContain(n => n.Contains(letter, StringComparison.Ordinal), $"of {letter}");
        }

        names.ShouldContain("Null");
        names.ShouldContain(n => n.Contains('’', StringComparison.Ordinal));
    }

    [Fact]
    public void Favours_some_goods_but_none_alone()
    {
        var pieces = Come(seed: 1, 2000).SelectMany(r => r.Products).GroupBy(a => a.ProductId).Select(g => g.Sum(a => a.Quantity)).OrderDescending().ToList();
        pieces.Count.ShouldBe(Products.Length, "everything is bought");
        pieces[0].ShouldBeGreaterThan(pieces[20] * 5);
        pieces[0].ShouldBeLessThan(pieces.Sum() / 2);
    }

    [Theory]
    [InlineData(0, 5, "orders", "must be from 1 to 10000; it is 0.")]
    [InlineData(10_001, 5, "orders", "must be from 1 to 10000; it is 10001.")]
    [InlineData(10, 0, "per_second", "must be from 0.1 to 200 a second; it is 0.")]
    [InlineData(10, 201, "per_second", "must be from 0.1 to 200 a second; it is 201.")]
    [InlineData(10, double.NaN, "per_second", "must be from 0.1 to 200 a second; it is NaN.")]
    public void Comes_in_a_run_that_has_bounds(int orders, double perSecond, string field, string fault) =>
        new SimulationPlan(orders, perSecond, 1).Faults().ShouldBe([new(field, fault)]);

    private static List<OrderRequest> Come(int seed, int count)
    {
        var customers = new PlayedCustomers(seed, Products);
        return [.. Enumerable.Range(0, count).Select(_ => customers.Next())];
    }

    private static List<string> Fingerprints(int seed) => [.. Come(seed, 50).Select(r => r.Tidy().Fingerprint())];
}
