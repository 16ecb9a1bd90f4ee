namespace Storefront.Tests.Faults.Soak;

/// <summary>Kinds of faults, drawn at random from a seed, but evenly: one of those drawn least so far.</summary>
internal sealed class Deck<T>(int seed, IReadOnlyList<T> kinds) where T : notnull
{
    private readonly Dictionary<T, int> _drawn = kinds.Distinct().ToDictionary(k => k, _ => 0);

    /// <summary>For whatever else is left to chance.</summary>
    public Random Chance { get; } = new(seed);

    public T Draw()
    {
        var least = kinds.Min(k => _drawn[k]);
        var choice = kinds.Where(k => _drawn[k] == least).ToList();
        var kind = choice[Chance.Next(choice.Count)];
        _drawn[kind]++;
        return kind;
    }

    /// <summary>A length of time between two bounds, in seconds.</summary>
    public TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + (Chance.NextDouble() * (to - from)));
}
