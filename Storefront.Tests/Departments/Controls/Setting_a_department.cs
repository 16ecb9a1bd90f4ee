using Microsoft.EntityFrameworkCore;
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

    private Task<IReadOnlyList<Fault>> ChangeAsync(DepartmentChange change) => _desk.Get<DepartmentControls>().ChangeAsync(Department.Sales, change, "Holly", Cancellation);

    private async Task<DepartmentControl> KeptAsync()
    {
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        return await db.DepartmentControls.AsNoTracking().SingleAsync(c => c.Department == Department.Sales, Cancellation);
    }
}
