using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront;

/// <summary><c>work</c>: the departments, the intake and a relay that stands by, in a process without the shop's pages; as many of them as one likes.</summary>
internal static class WorkCommand
{
    public const string Name = "work";

    /// <summary>What the shop's own appsettings.json says of logging; whatever else is set wins.</summary>
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
    };

    public static Command Build()
    {
        var command = new Command(Name, "Work for the departments of a shop on PostgreSQL; settings as the shop's own: environment, appsettings.json, or --Key=value")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync([.. parsed.UnmatchedTokens], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        try
        {
            var builder = Host.CreateApplicationBuilder(settings);
            ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
            builder.Services.AddStore().AddBackRoom().AddBroker();
            using var host = builder.Build();
            if (host.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.Sqlite)
            {
                throw new InvalidDataException("Database:Provider must be Postgres: on SQLite the shop is one process, and its departments work inside it.");
            }

            host.Services.GetRequiredService<IStartupValidator>().Validate();
            await host.Services.GetRequiredService<StoreStart>().RunAsync(cancellationToken);
            await host.RunAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (StartFault.Explain(e) is { } fault)
        {
            await Console.Error.WriteLineAsync($"{Name} cannot start: {fault}");
            return 1;
        }
    }
}
