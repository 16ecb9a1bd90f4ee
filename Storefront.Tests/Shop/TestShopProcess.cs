using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Storefront.Tests.Shop;

/// <summary>The shop as a process of its own, to see how it ends; in a data folder of its own that goes afterwards.</summary>
public static class TestShopProcess
{
    /// <summary>Starts the shop and waits until it has ended by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("storefront-test-");
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Watching.Bound);
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_CONTENTROOT"] = folder.FullName;
        start.Environment["Urls"] = "http://127.0.0.1:0";
        start.Environment["Broker__Uri"] = TestShop.NoBroker;
        var database = TestDatabase.IsGiven(settings.Select(s => s.Key)) ? new Dictionary<string, string>(StringComparer.Ordinal) : await TestDatabase.SettingsAsync(folder.FullName);
        foreach (var (key, value) in database.Select(s => (s.Key, s.Value)).Concat(settings))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(bound.Token), process.StandardError.ReadToEndAsync(bound.Token));
            await process.WaitForExitAsync(bound.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
            await TestDatabase.ForgetAsync(folder.FullName);
        }
    }

    /// <summary>A port somebody else listens on until the returned listener is disposed of.</summary>
    public static TcpListener TakenPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
