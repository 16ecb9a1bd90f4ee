using Microsoft.Testing.Platform.Builder;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Storefront.Tests.Bench;

/// <summary>The program the tests are: <c>bench …</c> measures, everything else is for xunit, as its own entry point would have it.</summary>
internal static class EntryPoint
{
    public static async Task<int> Main(string[] args) => args switch
    {
        ["bench", .. var rest] => await BenchCommand.RunAsync(rest),
        _ when args.Any(a => a is "--server" or "--internal-msbuild-node") =>
            await TestPlatformTestFramework.RunAsync(args, (ITestApplicationBuilder builder, string[] all) => SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, all)),
        _ => await ConsoleRunner.Run(args),
    };
}
