using CsCheck;
using Storefront.Departments;
using Storefront.Departments.Controls;
using Storefront.Orders;

namespace Storefront.Tests.Departments.Controls;

/// <summary>What the staff sets counts before what is configured; what it leaves alone is as configured.</summary>
public sealed class Settings_in_force
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly DepartmentOptions _configured = new() { Duration = Duration.OfSeconds(3), FailureRate = 0.25, Concurrency = 8 };
    private readonly DepartmentControl _control = new() { Department = Department.Sales, ChangedBy = "nobody" };

    private EffectiveSettings Now => EffectiveSettings.Of(_configured, _control, Noon);

    [Fact]
    public void Are_the_configured_ones_as_long_as_nobody_has_set_any() =>
        EffectiveSettings.Of(_configured, null, Noon).ShouldBe(new EffectiveSettings(null, 8, Duration.OfSeconds(3), 0.25));

    [Fact]
    public void Are_what_was_set_and_otherwise_as_configured()
    {
        Apply(new() { Concurrency = 2 }).ShouldBeTrue();
        Now.ShouldBe(new EffectiveSettings(null, 2, Duration.OfSeconds(3), 0.25));
        Apply(new() { Duration = Duration.OfSeconds(0), FailureRate = 0.0 }).ShouldBeTrue();
        Now.ShouldBe(new EffectiveSettings(null, 2, Duration.OfSeconds(0), 0), "nothing is a setting, too");
        Apply(new() { Concurrency = Wanted.AsConfigured<int>() }).ShouldBeTrue();
        Now.Concurrency.ShouldBe(8);
    }

    [Fact]
    public void Of_a_paused_department_leave_it_no_hands_and_tell_since_when_and_by_whom()
    {
        Apply(new() { Paused = true }).ShouldBeTrue();
        Apply(new() { Concurrency = 2 }, "Clover", Noon.AddMinutes(5)).ShouldBeTrue();
        Now.ShouldSatisfyAllConditions(s => s.Pause.ShouldBe(new Pause(Noon, "Holly"), "a later change of something else is not who paused it"), s => s.Hands.ShouldBe(0));
        Apply(new() { Paused = false }).ShouldBeTrue();
        Now.ShouldSatisfyAllConditions(s => s.Pause.ShouldBeNull(), s => s.Hands.ShouldBe(2));
    }

    [Fact]
    public void Are_not_touched_by_a_change_that_changes_nothing()
    {
        Apply(new() { Paused = true });
        Apply(new() { Paused = true }, "Clover", Noon.AddMinutes(5)).ShouldBeFalse();
        Apply(new()).ShouldBeFalse();
        (Now.Pause!.By, _control.ChangedBy).ShouldBe(("Holly", "Holly"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void Have_one_to_256_orders_at_a_time(int concurrency) =>
        new DepartmentChange { Concurrency = concurrency }.Faults().ShouldBe([new("concurrency", $"must be between 1 and 256; it is {concurrency}.")]);

    [Theory]
    [InlineData(-1, "-00:00:01")]
    [InlineData(86_401, "1.00:00:01")]
    public void Have_a_duration_of_a_day_at_most(double seconds, string text) =>
        new DepartmentChange { Duration = Duration.OfSeconds(seconds) }.Faults().ShouldBe([new("duration", $"must be a length of time from 0 to 24 h, such as 250 ms, 5 s or 2 min; it is {text}.")]);

    [Theory]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1.01, "1.01")]
    [InlineData(double.NaN, "NaN")]
    public void Have_a_failure_rate_between_0_and_1(double rate, string text) =>
        new DepartmentChange { FailureRate = rate }.Faults().ShouldBe([new("failure_rate", $"must be between 0 and 1; it is {text}.")]);

    [Fact]
    public void Are_worse_in_weather_until_it_is_over_and_then_what_they_were_before()
    {
        Apply(new() { FailureRate = 0.1 });
        Apply(new() { Weather = new WeatherWish(0.9, TimeSpan.FromMinutes(2)) }).ShouldBeTrue();
        Now.ShouldSatisfyAllConditions(s => s.FailureRate.ShouldBe(0.9), s => s.Weather.ShouldBe(new Weather(0.9, Noon.AddMinutes(2), "Holly")));

        Apply(new() { FailureRate = 0.2 }, "Clover").ShouldBeTrue();
        At(Noon.AddSeconds(119)).FailureRate.ShouldBe(0.9, "what is set meanwhile is for afterwards");
        At(Noon.AddMinutes(2)).ShouldBe(new EffectiveSettings(null, 8, Duration.OfSeconds(3), 0.2));
    }

    [Fact]
    public void Are_what_they_were_when_the_weather_is_ended_before_its_time()
    {
        Apply(new() { Weather = new WeatherWish(0.9, TimeSpan.FromMinutes(2)) });
        Apply(new() { Weather = Wanted.AsConfigured<WeatherWish>() }).ShouldBeTrue();
        Now.ShouldSatisfyAllConditions(s => s.FailureRate.ShouldBe(0.25), s => s.Weather.ShouldBeNull());
        Apply(new() { Weather = Wanted.AsConfigured<WeatherWish>() }).ShouldBeFalse("there is none any more");
    }

    [Theory]
    [InlineData(1.5, 10, "weather_failure_rate")]
    [InlineData(double.NaN, 10, "weather_failure_rate")]
    [InlineData(0.5, 0.5, "weather_lasts")]
    [InlineData(0.5, 61, "weather_lasts")]
    public void Have_weather_within_bounds(double rate, double minutes, string field) =>
        new DepartmentChange { Weather = new WeatherWish(rate, TimeSpan.FromMinutes(minutes)) }.Faults().Select(f => f.Field).ShouldBe([field]);

    [Fact]
    public void Tell_every_fault_of_a_change_at_once() =>
        new DepartmentChange { Concurrency = 0, Duration = Duration.OfSeconds(-1), FailureRate = 2.0 }.Faults().Select(f => f.Field).ShouldBe(["concurrency", "duration", "failure_rate"]);

    [Fact]
    public void Have_no_fault_within_their_bounds() =>
        Gen.Select(Gen.Int[1, 256], Gen.Int[0, 86_400], Gen.Double[0, 1]).Sample((concurrency, seconds, rate) =>
            new DepartmentChange { Concurrency = concurrency, Duration = Duration.OfSeconds(seconds), FailureRate = rate }.Faults().ShouldBeEmpty());

    private EffectiveSettings At(DateTimeOffset time) => EffectiveSettings.Of(_configured, _control, time);

    private bool Apply(DepartmentChange change, string who = "Holly", DateTimeOffset? at = null) => _control.Apply(change, who, at ?? Noon);
}
