using Microsoft.Testing.Platform.Builder;
using Storefront.Tests.Bench.Naive;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Storefront.Tests.Bench;

/// <summary>The program the tests are: <c>bench …</c> measures, <c>naive …</c> is what the shop is measured against, everything else is for xunit, as its own entry point would have it.</summary>
internal static class EntryPoint
{
    public static async Task<int> Main(string[] args) => args switch
    {
        [BenchCommand.Name, .. var rest] => await BenchCommand.RunAsync(rest),
        [NaiveProgram.Name, .. var rest] => await NaiveProgram.RunAsync(rest),
        _ when args.Any(a => a is "--server" or "--internal-msbuild-node") =>
            await TestPlatformTestFramework.RunAsync(args, (ITestApplicationBuilder builder, string[] all) => SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, all)),
        _ => await ConsoleRunner.Run(args),
    };
}
