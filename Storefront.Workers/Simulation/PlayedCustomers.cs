using Bogus;
using Storefront.Catalog;
using Storefront.Orders;

namespace Storefront.Simulation;

/// <summary>
/// Customers who are not there: names of many languages, some of them such as forms forget about, and baskets in which some goods lie more often than others.
/// None has an e-mail address, so nobody is written to. The same seed gives the same ones.
/// </summary>
public sealed class PlayedCustomers
{
    private static readonly string[] Locales = ["en", "de", "fr", "sv", "pl", "cz", "tr", "el", "uk", "ar", "vi", "ja", "ko", "zh_CN"];

    /// <summary>Real names of the kind that programs stumble over.</summary>
    private static readonly string[] Stumbling =
        ["O", "Ng", "Null", "Helgi Möller", "Ægir Þór Sæmundsson", "María-José O’Neill García", "d'Arcy St. John-Smythe, Jr.", "Nguyễn Thị Hồng Nhung", "Jón Þórðarson & Guðrún 🐇", "<b>Bobby</b>; Tables"];

    /// <summary>One in so many has one of those.</summary>
    private const float Seldom = 0.05f;

    private readonly Randomizer _random;
    private readonly Dictionary<string, Faker> _fakers = new(StringComparer.Ordinal);
    private readonly int[] _products;
    private readonly float[] _weights;

    /// <param name="seed">Decides on all of them.</param>
    /// <param name="products">What the shop sells; at least one.</param>
    public PlayedCustomers(int seed, IEnumerable<int> products)
    {
        _random = new(seed);
        _products = _random.Shuffle(products.Order()).ToArray();
        // The second is bought half as often as the first, the third a third as often: so it is in shops.
        var sum = Enumerable.Range(1, _products.Length).Sum(rank => 1f / rank);
        _weights = [.. Enumerable.Range(1, _products.Length).Select(rank => 1f / rank / sum)];
    }

    /// <summary>The next one's order.</summary>
    public OrderRequest Next()
    {
        var faker = FakerOf(_random.ArrayElement(Locales));
        var customer = new Customer(Short(_random.Bool(Seldom) ? _random.ArrayElement(Stumbling) : faker.Name.FullName(), 200), Email: null, _random.Bool(0.1f) ? faker.Lorem.Sentence() : null)
        {
            Address = _random.Bool(0.8f)
                ? new(Short(faker.Address.StreetAddress(), 200), Short(faker.Address.City(), 100), Short(faker.Address.ZipCode(), 20), Short(faker.Address.Country(), 100))
                : null,
        };
        var kinds = _random.WeightedRandom([1, 2, 3, 4, 5], [0.4f, 0.3f, 0.15f, 0.1f, 0.05f]);
        var basket = Enumerable.Range(0, kinds).Select(_ => new Amount(_random.WeightedRandom(_products, _weights), _random.WeightedRandom([1, 2, 3, 6], [0.75f, 0.15f, 0.07f, 0.03f])));
        return new(customer, [.. basket.GroupBy(a => a.ProductId).Select(g => new Amount(g.Key, g.Sum(a => a.Quantity)))]);
    }

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];

    /// <summary>Each language's draws from the one sequence, so that the seed decides on everything.</summary>
    private Faker FakerOf(string locale)
    {
        if (!_fakers.TryGetValue(locale, out var faker))
        {
            _fakers[locale] = faker = new(locale) { Random = _random };
        }

        return faker;
    }
}
