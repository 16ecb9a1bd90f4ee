using Storefront.Tests.Bench.Cases;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench;

/// <summary>Every case with every contestant whom it suits, in turns: what changes on the machine meanwhile meets them all.</summary>
internal sealed class BenchRun(BenchArguments arguments, Contestants contestants)
{
    private readonly List<Measurement> _measured = [];

    /// <summary>Measures and reports; false when something could not be measured, which standard error tells.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var isWhole = true;
        foreach (var measurable in arguments.Cases)
        {
            for (var round = 1; round <= Math.Min(arguments.Rounds, measurable.MostRounds); round++)
            {
                foreach (var contestant in contestants.All.Where(c => measurable.Suits(c.Peer) && (c.HasServer || !measurable.NeedsServer)))
                {
                    isWhole &= await MeasureAsync(measurable, round, contestant, cancellationToken);
                }
            }

            Table.Write(measurable, _measured, Console.Out);
        }

        if (arguments.Json is { } file)
        {
            await JsonReport.WriteAsync(file, _measured, cancellationToken);
        }

        return isWhole;
    }

    private async Task<bool> MeasureAsync(ICase measurable, int round, Contestant contestant, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var other in contestants.All)
            {
                await other.RestAsync(cancellationToken);
            }

            if (!measurable.StartsItself)
            {
                await contestant.ReadyAsync(cancellationToken);
            }

            _measured.Add(new(measurable.Name, contestant.Label, round, await measurable.RunAsync(contestant, cancellationToken)));
            return true;
        }
        catch (Exception e) when (!contestants.AreEnding)
        {
            // Whatever broke, in the program measured, its database or the browser: the other cases are worth having all the same.
            await Console.Error.WriteLineAsync($"{measurable.Name}, {contestant.Label}: not measured. {e.Message}");
            return false;
        }
    }
}
