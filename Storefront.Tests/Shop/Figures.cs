namespace Storefront.Tests.Shop;

/// <summary>What a ledger says in the end.</summary>
/// <param name="Attempted">Distinct requests of customers, and distinct orders of other systems.</param>
/// <param name="Accepted">Those that were answered with an order number, or taken over.</param>
/// <param name="Lost">Accepted, but absent, or neither finished nor visibly dead; effects missing; poison without a dead letter.</param>
/// <param name="Unexpected">Orders, effects and dead letters that nobody asked for.</param>
/// <param name="Duplicated">Effects done more than once, and second orders for one request.</param>
/// <param name="Recovered">Orders that were under way during a fault, and finished after it.</param>
public sealed record Figures(int Attempted, int Accepted, int Lost, int Unexpected, int Duplicated, int Recovered)
{
    /// <summary>Orders cancelled by their customers.</summary>
    public int Cancelled { get; init; }

    /// <summary>Orders taken over from other systems.</summary>
    public int Adopted { get; init; }

    /// <summary>Orders with a failed task, shown as such beside a dead letter.</summary>
    public int Dead { get; init; }

    /// <summary>From the last order to the end of everything.</summary>
    public TimeSpan TimeToDrain { get; init; }

    public override string ToString() =>
        $"attempted {Attempted}, accepted {Accepted}, lost {Lost}, unexpected {Unexpected}, duplicated {Duplicated}, recovered {Recovered}; "
        + $"cancelled {Cancelled}, adopted {Adopted}, dead {Dead}, drained in {TimeToDrain.TotalSeconds:0.0} s";
}
