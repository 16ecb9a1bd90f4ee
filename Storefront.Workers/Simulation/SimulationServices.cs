using Microsoft.Extensions.DependencyInjection;

namespace Storefront.Simulation;

public static class SimulationServices
{
    /// <summary>The shop shown under load; for the process that has the page of it.</summary>
    public static IServiceCollection AddSimulation(this IServiceCollection services) =>
        services.AddSingleton<SimulationRunner>().AddHostedService(provider => provider.GetRequiredService<SimulationRunner>()).AddSingleton<SimulationDesk>();
}
