using System.Collections.Concurrent;
using System.Diagnostics;

namespace Storefront.Tests.Nodes;

/// <summary>
/// <c>dotnet Storefront.Workers.dll work</c>, as it runs in earnest, so that it can be killed. Disposing it, or the end of the test process by whatever
/// cause, ends it too.
/// </summary>
internal sealed class WorkProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _keeper;
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkProcess(Process keeper)
    {
        _keeper = keeper;
        Ended = keeper.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Completes when the process has gone, by whatever cause.</summary>
    public Task Ended { get; }

    /// <summary>What it wrote.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts it on the data folder, and the database, of a shop; it is at the broker when this returns. Simulated work takes no time unless told otherwise.</summary>
    public static async Task<WorkProcess> StartAsync(string folder, Uri broker, CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.SettingsAsync(folder);
        var work = Start([("Data:Folder", folder), ("Broker:Uri", broker.ToString()), ("Simulation:TimeScale", "0"), .. database.Select(s => (s.Key, s.Value)), .. settings]);
        try
        {
            await Watching.UntilAsync("the work process is at the broker", () => work._keeper.HasExited
                ? throw new InvalidOperationException($"The work process ended while starting: {work.Output}")
                : Task.FromResult(work.Output.Contains("At the broker", StringComparison.Ordinal)), cancellationToken);
            return work;
        }
        catch
        {
            await work.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits until it has ended by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        await using var work = Start(settings);
        await work.Ended.WaitAsync(Watching.Bound, cancellationToken);
        return (work._keeper.ExitCode, work.Output);
    }

    /// <summary>Its sudden death, by <c>kill -9</c>; returns when it is dead.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("KILL");
        await Ended;
    }

    /// <summary>Asks it to end, by <c>SIGTERM</c>; returns its exit code when it has.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("TERM");
        await Ended.WaitAsync(Watching.Bound, cancellationToken);
        return _keeper.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await Ended;
        _keeper.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine(Output);
    }

    private static WorkProcess Start((string Key, string Value)[] settings)
    {
        var program = ProgramFile();
        var work = new WorkProcess(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", ShopProcess.Keeper, "keeper", "dotnet", program, "work", .. settings.Select(s => $"--{s.Key}={s.Value}")])
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        work._keeper.OutputDataReceived += (_, e) => work._output.Enqueue(e.Data ?? "");
        work._keeper.ErrorDataReceived += (_, e) =>
        {
            // The keeper's own line is the first there.
            if (work._id.Task.IsCompleted || !int.TryParse(e.Data, out var id) || !work._id.TrySetResult(id))
            {
                work._output.Enqueue(e.Data ?? "");
            }
        };
        work._keeper.BeginOutputReadLine();
        work._keeper.BeginErrorReadLine();
        return work;
    }

    private static string ProgramFile() => ShopProcess.ProgramFile().Replace("Storefront.Web", "Storefront.Workers", StringComparison.Ordinal);

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {await _id.Task}"]);
        await kill.WaitForExitAsync();
    }
}
