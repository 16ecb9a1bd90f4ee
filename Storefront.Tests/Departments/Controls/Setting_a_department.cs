using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments.Controls;
using Storefront.Orders;
using Storefront.Tests.BackOffice;

namespace Storefront.Tests.Departments.Controls;

/// <summary>What the staff sets is kept in the database and counts at once.</summary>
public sealed class Setting_a_department : IAsyncLifetime
{
    private OfficeDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CurrentSettings Settings => _desk.Get<CurrentSettings>();

    public async ValueTask InitializeAsync() => _desk = await OfficeDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Is_kept_and_told_and_leaves_the_other_departments_alone()
    {
        var told = 0;
        var others = Settings.Of(Department.Packing);
        using (Settings.Listen(() => told++))
        {
            (await ChangeAsync(new() { Concurrency = 3, Duration = Duration.OfSeconds(0.25), FailureRate = 0.5 })).ShouldBeEmpty();
        }

        told.ShouldBe(1);
        Settings.Of(Department.Sales).ShouldBe(new EffectiveSettings(null, 3, Duration.OfSeconds(0.25), 0.5));
        Settings.Of(Department.Packing).ShouldBe(others);
        var kept = await KeptAsync();
        (kept.Concurrency, kept.Duration, kept.FailureRate, kept.ChangedBy, kept.ChangedAt).ShouldBe((3, Duration.OfSeconds(0.25), 0.5, "Holly", _desk.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task To_what_makes_no_sense_is_refused_and_changes_nothing()
    {
        var faults = await ChangeAsync(new() { Paused = true, Concurrency = 300 });
        faults.Select(f => f.Field).ShouldBe(["concurrency"]);
        Settings.Paused.ShouldBeEmpty();
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        (await db.DepartmentControls.AnyAsync(Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task To_what_it_is_already_is_not_written_down()
    {
        await ChangeAsync(new() { Paused = true });
        var version = (await KeptAsync()).Version;
        await ChangeAsync(new() { Paused = true });
        (await KeptAsync()).Version.ShouldBe(version);
    }

    [Fact]
    public async Task From_many_sides_at_once_loses_no_change()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => ChangeAsync((i % 3) switch
        {
            0 => new() { Concurrency = i + 1 },
            1 => new() { Duration = Duration.OfSeconds(i) },
            _ => new() { FailureRate = i / 30.0 },
        }))));

        var kept = await KeptAsync();
        kept.Version.ShouldBe(30);
        kept.ShouldSatisfyAllConditions(k => k.Concurrency.ShouldNotBeNull(), k => k.Duration.ShouldNotBeNull(), k => k.FailureRate.ShouldNotBeNull());
        Settings.Of(Department.Sales).ShouldBe(new EffectiveSettings(null, kept.Concurrency!.Value, kept.Duration!.Value, kept.FailureRate!.Value), "what came last counts, whoever heard of it first");
    }

    [Fact]
    public async Task Is_not_undone_by_a_look_that_began_before_it()
    {
        await ChangeAsync(new() { Paused = true });
        var old = await KeptAsync();
        await ChangeAsync(new() { Paused = false });
        Settings.Take([old]);
        Settings.Paused.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_written_down_with_what_it_was_before()
    {
        await ChangeAsync(new() { Paused = true });
        await ChangeAsync(new() { Concurrency = 3, FailureRate = 0.3 });
        await ChangeAsync(new() { Concurrency = Wanted.AsConfigured<int>() });
        await ChangeAsync(new() { Weather = new WeatherWish(0.5, TimeSpan.FromMinutes(2)) });
        await ChangeAsync(new() { Weather = new WeatherWish(0.5, TimeSpan.FromHours(2)) });
        await ChangeAsync(new() { Paused = false });
        await ChangeAsync(new() { Paused = false });

        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        var entries = await db.AuditLog.OrderBy(e => e.Id).ToListAsync(Cancellation);
        entries.ShouldAllBe(e => e.Who == "Holly" && e.Subject == "department sales");
        entries.Select(e => $"{e.Action}: {e.Detail}").ShouldBe(
        [
            "department.pause: at work → paused",
            "department.set: concurrency 48 (as configured) → 3, failure rate 0 % (as configured) → 30 %",
            "department.set: concurrency 3 → 48 (as configured)",
            "department.weather: weather none → 50 % until 12:02:00Z",
            "department.resume: paused → at work",
        ], "what was refused, or was so already, is not among them");
    }

    [Fact]
    public async Task That_somebody_else_has_set_otherwise_meanwhile_is_refused()
    {
        var seen = new WorkSettings(null, null, null);
        await ChangeAsync(new() { Concurrency = 3, Seen = seen });
        (await ChangeAsync(new() { FailureRate = 0.5, Seen = seen })).ShouldBe([new(DepartmentControls.Meanwhile, "Holly has changed this meanwhile.")]);
        Settings.Of(Department.Sales).FailureRate.ShouldBe(0);

        await ChangeAsync(new() { Paused = true });
        (await ChangeAsync(new() { FailureRate = 0.5, Seen = seen with { Concurrency = 3 } })).ShouldBeEmpty("a pause is another matter");
        Settings.Of(Department.Sales).FailureRate.ShouldBe(0.5);
    }

    [Fact]
    public async Task Weather_is_over_by_itself_also_for_a_process_that_starts_meanwhile()
    {
        await ChangeAsync(new() { Weather = new WeatherWish(0.8, TimeSpan.FromMinutes(5)) });
        var other = ActivatorUtilities.CreateInstance<CurrentSettings>(_desk.Get<IServiceProvider>());
        other.Take([await KeptAsync()]);
        (Settings.Of(Department.Sales).FailureRate, other.Of(Department.Sales).FailureRate).ShouldBe((0.8, 0.8));

        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        (Settings.Of(Department.Sales).FailureRate, other.Of(Department.Sales).FailureRate).ShouldBe((0, 0));
    }

    private Task<IReadOnlyList<Fault>> ChangeAsync(DepartmentChange change) => _desk.Get<DepartmentControls>().ChangeAsync(Department.Sales, change, "Holly", Cancellation);

    private async Task<DepartmentControl> KeptAsync()
    {
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        return await db.DepartmentControls.AsNoTracking().SingleAsync(c => c.Department == Department.Sales, Cancellation);
    }
}
