using System.Runtime.InteropServices;
using Storefront.Tests.Bench.Cases;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;
using Storefront.Tests.Bench.Seed;

namespace Storefront.Tests.Bench;

/// <summary><c>bench</c>: measures programs side by side, in turns, and reports.</summary>
internal static class BenchCommand
{
    public const string Name = "bench";

    private static readonly PosixSignal[] Ends = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    /// <summary>The exit code: 0, 1 when something could not be measured, 2 when the arguments are wrong.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [SeedCommand.Name, .. var rest])
        {
            return await SeedCommand.RunAsync(rest);
        }

        BenchArguments arguments;
        try
        {
            arguments = BenchArguments.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }

        var contestants = new Contestants();
        var handlers = Ends.Select(signal => PosixSignalRegistration.Create(signal, context => Interrupt(context, contestants))).ToList();
        try
        {
            await contestants.FillAsync(arguments, CancellationToken.None);
            return await MeasureAsync(arguments, contestants.All, CancellationToken.None) ? 0 : 1;
        }
        catch (Exception) when (contestants.AreEnding)
        {
            await Task.Delay(Timeout.Infinite); // whatever broke did so because of the interruption, which ends the process
            throw;
        }
        finally
        {
            await contestants.DisposeAsync();
            handlers.ForEach(h => h.Dispose());
        }
    }

    /// <summary>A load cannot be interrupted: so this ends what runs, and then itself.</summary>
    private static void Interrupt(PosixSignalContext context, Contestants contestants)
    {
        context.Cancel = true;
        _ = Task.Run(async () =>
        {
            await contestants.DisposeAsync();
            Environment.Exit(130);
        });
    }

    private static async Task<bool> MeasureAsync(BenchArguments arguments, IReadOnlyList<Contestant> contestants, CancellationToken cancellationToken)
    {
        var (measured, isWhole) = (new List<Measurement>(), true);
        foreach (var measurable in arguments.Cases)
        {
            for (var round = 1; round <= Math.Min(arguments.Rounds, measurable.MostRounds); round++)
            {
                foreach (var contestant in contestants.Where(c => measurable.Suits(c.Peer)))
                {
                    isWhole &= await MeasureAsync(measurable, round, contestant, measured, contestants, cancellationToken);
                }
            }

            Table.Write(measurable, measured, Console.Out);
        }

        if (arguments.Json is { } file)
        {
            await JsonReport.WriteAsync(file, measured, cancellationToken);
        }

        return isWhole;
    }

    private static async Task<bool> MeasureAsync(
        ICase measurable, int round, Contestant contestant, List<Measurement> measured, IReadOnlyList<Contestant> contestants, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var other in contestants)
            {
                await other.RestAsync(cancellationToken);
            }

            if (!measurable.StartsItself)
            {
                await contestant.ReadyAsync(cancellationToken);
            }

            measured.Add(new(measurable.Name, contestant.Label, round, await measurable.RunAsync(contestant, cancellationToken)));
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or HttpRequestException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync($"{measurable.Name}, {contestant.Label}: not measured. {e.Message}");
            return false;
        }
    }
}
