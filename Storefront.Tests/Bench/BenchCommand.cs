using System.Runtime.InteropServices;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench;

/// <summary><c>bench</c>: measures programs side by side, in turns, and reports.</summary>
internal static class BenchCommand
{
    /// <summary>The exit code: 0, 1 when a measurement was not possible, 2 when the arguments are wrong.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
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

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130)); // whatever was started hangs on this process
        try
        {
            await MeasureAsync(arguments, stop.Token);
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"Not measured: {e.Message}");
            return 1;
        }
    }

    private static async Task MeasureAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var contestants = new List<Contestant>();
        var measured = new List<Measurement>();
        try
        {
            foreach (var (label, program) in arguments.Shops)
            {
                contestants.Add(await Contestant.StartAsync(new ShopPeer(label, program, arguments.Settings), cancellationToken));
            }

            foreach (var measurable in arguments.Cases)
            {
                for (var round = 1; round <= arguments.Rounds; round++)
                {
                    foreach (var contestant in contestants)
                    {
                        await Task.WhenAll(contestants.Select(c => c.CalmAsync(cancellationToken)));
                        measured.Add(new(measurable.Name, contestant.Peer.Label, round, await measurable.RunAsync(contestant, cancellationToken)));
                    }
                }

                Table.Write(measurable, measured, Console.Out);
            }
        }
        finally
        {
            foreach (var contestant in contestants)
            {
                await contestant.DisposeAsync();
            }
        }

        if (arguments.Json is { } file)
        {
            await JsonReport.WriteAsync(file, measured, cancellationToken);
        }
    }
}
