using System.Collections.Concurrent;
using System.Diagnostics;

namespace Storefront.Tests.Shop;

/// <summary>
/// The shop as a process of its own, as it runs in earnest, so that it can be killed. Disposing it, or the end of the test process by whatever
/// cause, ends it too. Its data folder belongs to whoever gave it.
/// </summary>
public sealed class ShopProcess : IAsyncDisposable
{
    /// <summary>Starts the shop, writes its process id down, and ends with it; kills it when the lifeline on standard input closes.</summary>
    internal const string Keeper = """
        exec 3<&0 </dev/null
        "$@" 3<&- & shop=$!
        echo $shop >&2
        (read -r _ <&3; kill -9 $shop) 2>/dev/null & guard=$!
        wait $shop; code=$?
        kill $guard
        exit $code
        """;

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _keeper;
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ShopProcess(Process keeper, Uri address)
    {
        _keeper = keeper;
        Client = new HttpClient { BaseAddress = address };
        Ended = keeper.WaitForExitAsync(CancellationToken.None);
    }

    public HttpClient Client { get; }

    /// <summary>Completes when the process has gone, by whatever cause.</summary>
    public Task Ended { get; }

    /// <summary>Whether the process ended by <c>SIGKILL</c>, its own or ours; once it has ended.</summary>
    public bool WasKilled => _keeper.ExitCode == 128 + 9;

    /// <summary>An address where a shop can listen.</summary>
    public static Uri FreeAddress() => new($"http://127.0.0.1:{PrivateBrokerPorts.FindFree(1)[0]}");

    /// <summary>Where its output goes in the end; null: into the test's own.</summary>
    public string? LogFile { get; set; }

    /// <summary>What it wrote.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts a shop on a free port; it takes orders when this returns. Simulated work takes no time unless told otherwise.</summary>
    public static Task<ShopProcess> StartAsync(string folder, Uri broker, CancellationToken cancellationToken, params (string Key, string Value)[] settings) =>
        StartAsync(folder, broker, failPoint: null, cancellationToken, settings);

    /// <summary>The same with a place at which it kills itself (<see cref="FailPoint"/>), and an address of its own (<c>Urls</c>) if one is among the settings.</summary>
    public static async Task<ShopProcess> StartAsync(string folder, Uri broker, string? failPoint, CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var database = TestDatabase.IsGiven(settings.Select(s => s.Key)) ? new Dictionary<string, string>(StringComparer.Ordinal) : await TestDatabase.SettingsAsync(folder);
        var address = Array.Find(settings, s => s.Key == "Urls").Value is { } given ? new Uri(given) : FreeAddress();
        (string Key, string Value)[] own =
        [
            ("Urls", address.ToString()), ("Data:Folder", folder), ("Broker:Uri", broker.ToString()), ("RateLimit:OrdersPerMinute", "0"), ("Simulation:TimeScale", "0"),
            ("Logging:Console:FormatterName", "simple"), ("Logging:Console:FormatterOptions:TimestampFormat", "HH:mm:ss.fff "), ("Logging:Console:FormatterOptions:SingleLine", "true"),
        ];
        var program = ProgramFile();
        var start = new ProcessStartInfo("/bin/sh", ["-c", Keeper, "keeper", "dotnet", program, .. own.Concat(settings).Select(s => $"--{s.Key}={s.Value}"), .. database.Select(s => $"--{s.Key}={s.Value}")])
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[FailPoint.Variable] = failPoint;
        var shop = new ShopProcess(Process.Start(start)!, address);
        try
        {
            await shop.OpensAsync(cancellationToken);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its sudden death, by <c>kill -9</c>; returns when it is dead.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("KILL");
        await Ended;
    }

    /// <summary>Asks it to end, by <c>SIGTERM</c>; returns its exit code when it has.</summary>
    /// <exception cref="TimeoutException">It goes on all the same.</exception>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("TERM");
        await Ended.WaitAsync(Watching.Bound, cancellationToken);
        return _keeper.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _keeper.StandardInput.Close();
        await Ended;
        _keeper.Dispose();
        if (LogFile is null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(Output);
        }
        else
        {
            await File.WriteAllTextAsync(LogFile, Output);
        }
    }

    /// <summary>The shop's own build output, which lies beside the tests': the copy among the tests' files lacks its settings.</summary>
    internal static string ProgramFile()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent!.Name);
        return Path.Combine(here.Parent.Parent!.Parent!.Parent!.FullName, "Storefront.Web", "bin", configuration, framework, "Storefront.Web.dll");
    }

    private async Task OpensAsync(CancellationToken cancellationToken)
    {
        _keeper.OutputDataReceived += (_, e) => _output.Enqueue(e.Data ?? "");
        _keeper.ErrorDataReceived += (_, e) =>
        {
            // The keeper's own line is the first there.
            if (_id.Task.IsCompleted || !int.TryParse(e.Data, out var id) || !_id.TrySetResult(id))
            {
                _output.Enqueue(e.Data ?? "");
            }
        };
        _keeper.BeginOutputReadLine();
        _keeper.BeginErrorReadLine();
        await Watching.UntilAsync("the shop's process answers", AnswersAsync, cancellationToken);
    }

    private async Task<bool> AnswersAsync()
    {
        if (_keeper.HasExited)
        {
            // Work that its last life has left may bring it to its fail point before anybody has asked it anything.
            if (WasKilled && _keeper.StartInfo.Environment[FailPoint.Variable] is { Length: > 0 })
            {
                return true;
            }

            throw new InvalidOperationException($"The shop's process ended while starting: {Output}");
        }

        try
        {
            using var answer = await Client.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {await _id.Task}"]);
        await kill.WaitForExitAsync();
    }
}
