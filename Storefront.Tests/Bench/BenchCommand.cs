using System.Runtime.InteropServices;
using Storefront.Tests.Bench.Peers;
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
            return await new BenchRun(arguments, contestants).RunAsync(CancellationToken.None) ? 0 : 1;
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
}
