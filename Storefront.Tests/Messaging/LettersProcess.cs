using System.Diagnostics;
using Storefront.Data;

namespace Storefront.Tests.Messaging;

/// <summary><c>letters</c> as it is run on a command line: a process of its own.</summary>
internal static class LettersProcess
{
    /// <summary>Runs it in the data folder of a shop, and waits for its end.</summary>
    public static Task<(int ExitCode, string Output, string Error)> LettersAsync(this TestShop shop, params string[] arguments) =>
        RunAsync([("Broker__Uri", shop.Setting("Broker:Uri")), .. Database(shop)], [.. arguments, "--data", shop.DataFolder]);

    private static IEnumerable<(string Key, string Value)> Database(TestShop shop) => TestDatabase.Provider == DatabaseProvider.Postgres
        ? [("Database__Provider", shop.Setting("Database:Provider")), ("ConnectionStrings__Store", shop.Setting("ConnectionStrings:Store"))]
        : [];

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync((string Key, string Value)[] environment, params string[] arguments)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Watching.Bound);
        var start = new ProcessStartInfo("dotnet", [ProgramFile(), "letters", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
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
        }
    }

    /// <summary>The program's own build output, which lies beside the tests': the copy among the tests' files lacks what they get from ASP.NET Core.</summary>
    private static string ProgramFile()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent!.Name);
        return Path.Combine(here.Parent.Parent!.Parent!.Parent!.FullName, "Storefront.Workers", "bin", configuration, framework, "Storefront.Workers.dll");
    }
}
