using Storefront.Tests.Bench.Costs;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>What a case costs: processor time per order (or whatever is counted), and the program's peak of memory.</summary>
internal sealed class Expense
{
    private readonly Contestant _contestant;
    private readonly CpuTimes _before;

    private Expense(Contestant contestant) => (_contestant, _before) = (contestant, contestant.Cpu);

    public static Expense Of(Contestant contestant)
    {
        GC.Collect();
        ProcessTree.ForgetPeak(contestant.Id);
        return new(contestant);
    }

    /// <param name="count">What the time is divided by.</param>
    /// <param name="unit">What that is: order, page.</param>
    public IReadOnlyList<Figure> Figures(int count, string unit = "order")
    {
        var used = _contestant.Cpu.Since(_before);
        return
        [
            new($"app CPU ms/{unit}", used.App * 1000 / count),
            new($"broker CPU ms/{unit}", used.Broker * 1000 / count),
            .. used.Database is { } database ? (Figure[])[new($"database CPU ms/{unit}", database * 1000 / count)] : [],
            new($"generator CPU ms/{unit}", used.Generator * 1000 / count),
            new("peak RSS MB", ProcessTree.PeakMegabytes(_contestant.Id)),
        ];
    }
}
