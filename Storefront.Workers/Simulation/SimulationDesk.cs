using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Storefront.Auditing;
using Storefront.Data;
using Storefront.Departments;
using Storefront.Departments.Controls;
using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Simulation;

/// <summary>
/// Where the staff has the shop shown under load and in bad weather: played customers, failing departments, a broker that is away. Off in production unless
/// <c>Simulation:Allowed</c> says otherwise; then everything is refused. Whoever plays something is written down.
/// </summary>
public sealed class SimulationDesk(
    IOptions<SimulationOptions> options, IHostEnvironment environment, SimulationRunner runner, DepartmentControls controls, CurrentSettings settings, BrokerOutage outage, StoreWrites writes, AuditLog audit)
{
    /// <summary>The shortest and the longest time that the broker may be played to be away.</summary>
    public static readonly (int Least, int Most) OutageSeconds = (5, 120);

    private const string Subject = "simulation";

    /// <summary>Whether anything may be played in this shop.</summary>
    public bool IsAllowed => options.Value.Allowed ?? environment.IsDevelopment();

    /// <summary>Something is played at the moment.</summary>
    public bool IsAnythingPlayed => runner.IsRunning || outage.Now is not null || OrderTerms.Departments.Any(d => settings.Of(d).Weather is not null);

    /// <summary>Has customers come.</summary>
    /// <returns>What is wrong, by field; then nobody comes. Empty otherwise.</returns>
    /// <exception cref="System.Data.Common.DbException">The database refused; nobody comes.</exception>
    public async Task<IReadOnlyList<Fault>> BeginAsync(SimulationPlan plan, string who, CancellationToken cancellationToken)
    {
        if (Faults(plan.Faults()) is { Count: > 0 } faults)
        {
            return faults;
        }

        if (runner.IsRunning)
        {
            return [new("", "A run goes on already; stop it first.")];
        }

        await NoteAsync(who, "simulation.start", FormattableString.Invariant($"{plan.Orders} orders, {plan.PerSecond} a second, seed {plan.Seed}"), cancellationToken);
        return await runner.BeginAsync(plan, who, cancellationToken) ? [] : [new("", "Somebody else has begun a run in the same moment, or there are no goods.")];
    }

    /// <summary>Ends the run.</summary>
    /// <exception cref="System.Data.Common.DbException">The database did not write it down; it has ended all the same.</exception>
    public async Task StopAsync(string who, CancellationToken cancellationToken)
    {
        // Ended first: whoever stops something is to have it stopped, whatever the database says.
        if (runner.Stop())
        {
            await NoteAsync(who, "simulation.stop", "the run of orders", cancellationToken);
        }
    }

    /// <summary>Has a department fail more often for a while, at every process.</summary>
    /// <returns>What is wrong, by field; empty when it is so.</returns>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing was changed.</exception>
    public async Task<IReadOnlyList<Fault>> MakeWeatherAsync(Department department, WeatherWish wish, string who, CancellationToken cancellationToken) =>
        Faults([]) is { Count: > 0 } faults ? faults : await controls.ChangeAsync(department, new() { Weather = wish }, who, cancellationToken);

    /// <summary>Ends a department's weather.</summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing was changed.</exception>
    public Task ClearUpAsync(Department department, string who, CancellationToken cancellationToken) =>
        controls.ChangeAsync(department, new() { Weather = Wanted.AsConfigured<WeatherWish>() }, who, cancellationToken);

    /// <summary>Plays that the broker is away from this process.</summary>
    /// <returns>What is wrong, by field; empty when it is so.</returns>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing was changed.</exception>
    public async Task<IReadOnlyList<Fault>> BeginOutageAsync(int seconds, string who, CancellationToken cancellationToken)
    {
        var (least, most) = OutageSeconds;
        if (Faults(seconds >= least && seconds <= most ? [] : [new("seconds", $"must be from {least} to {most} seconds; it is {seconds}.")]) is { Count: > 0 } faults)
        {
            return faults;
        }

        await NoteAsync(who, "simulation.outage", $"broker away for {seconds} s", cancellationToken);
        outage.Begin(TimeSpan.FromSeconds(seconds), who);
        return [];
    }

    /// <summary>The broker is there again.</summary>
    /// <exception cref="System.Data.Common.DbException">The database did not write it down; it has ended all the same.</exception>
    public async Task EndOutageAsync(string who, CancellationToken cancellationToken)
    {
        var was = outage.Now;
        outage.End();
        if (was is not null)
        {
            await NoteAsync(who, "simulation.stop", "the broker's outage", cancellationToken);
        }
    }

    /// <summary>Ends all that is played, also where it is not allowed any more.</summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; weather may go on, until it ends by itself.</exception>
    public async Task StopEverythingAsync(string who, CancellationToken cancellationToken)
    {
        // What is in this process first: no database can keep it up.
        var (run, broker) = (runner.Stop(), outage.Now is not null);
        outage.End();
        if (run || broker)
        {
            await NoteAsync(who, "simulation.stop", string.Join(" and ", new[] { run ? "the run of orders" : null, broker ? "the broker's outage" : null }.OfType<string>()), cancellationToken);
        }

        foreach (var department in OrderTerms.Departments.Where(d => settings.Of(d).Weather is not null))
        {
            await ClearUpAsync(department, who, cancellationToken);
        }
    }

    private List<Fault> Faults(IEnumerable<Fault> faults) => IsAllowed ? [.. faults] : [new("", "Nothing is played in this shop: Simulation:Allowed is off.")];

    private Task<int> NoteAsync(string who, string action, string detail, CancellationToken cancellationToken) => writes.RunAsync((db, ct) =>
    {
        audit.Add(db, who, action, Subject, detail);
        return db.SaveChangesAsync(ct);
    }, cancellationToken);
}
