using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Departments;
using Storefront.Messaging;

namespace Storefront.Tests.Departments;

/// <summary>How lengths of time, delays and rates may be written, and what is refused with a sentence.</summary>
public sealed class Settings_of_the_departments
{
    [Theory]
    [InlineData("00:00:05", 5)]
    [InlineData("250 ms", 0.25)]
    [InlineData("250ms", 0.25)]
    [InlineData("5 s", 5)]
    [InlineData(" 1.5 s ", 1.5)]
    [InlineData("2 min", 120)]
    [InlineData("2m", 120)]
    [InlineData("1 H", 3600)]
    [InlineData("24 h", 86_400)]
    [InlineData("0 s", 0)]
    public void A_length_of_time_is_written_in_any_of_the_usual_ways(string text, double seconds)
    {
        Duration.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(Duration.OfSeconds(seconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("five seconds")]
    [InlineData("-1 s")]
    [InlineData("-00:00:01")]
    [InlineData("25 h")]
    [InlineData("1 d")]
    [InlineData("s")]
    [InlineData("1e9 h")]
    [InlineData("NaN s")]
    public void What_is_no_length_of_time_is_refused(string text) => Duration.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_length_of_time_reads_what_it_writes() =>
        Gen.Int[0, 86_400_000].Sample(ms =>
        {
            var duration = new Duration(TimeSpan.FromMilliseconds(ms));
            Duration.TryParse(duration.ToString(), out var again).ShouldBeTrue();
            again.ShouldBe(duration);
        });

    [Fact]
    public void Delays_are_written_in_one_text_or_one_by_one()
    {
        Duration[] expected = [Duration.OfSeconds(0.001), Duration.OfSeconds(2), Duration.OfSeconds(180), Duration.OfSeconds(14400)];
        Messaging(("Messaging:RetryDelays", "1ms, 2 s,3min , 4 h")).RetryDelays.ShouldBe(expected);
        Messaging(("Messaging:RetryDelays:0", "1 ms"), ("Messaging:RetryDelays:1", "2 s"), ("Messaging:RetryDelays:2", "3 min"), ("Messaging:RetryDelays:3", "4 h")).RetryDelays.ShouldBe(expected);
    }

    [Fact]
    public void Other_than_four_delays_are_refused() =>
        Should.Throw<OptionsValidationException>(() => Messaging(("Messaging:RetryDelays", "1 s, 2 s"))).Message.ShouldContain("Messaging:RetryDelays must be four delays; there are 2.");

    [Fact]
    public void Sweeping_after_no_time_is_refused() =>
        Should.Throw<OptionsValidationException>(() => Messaging(("Messaging:SweepAfter", "500 ms"))).Message.ShouldContain("Messaging:SweepAfter must be a length of time from 1 s to 24 h; it is 00:00:00.5000000.");

    [Fact]
    public void Delays_are_those_of_the_contract_unless_set_and_a_tenth_more_or_less()
    {
        var options = Messaging();
        double[] seconds = [5, 30, 120, 600];
        Gen.Int[1, 4].Sample(attempt => options.DelayAfter(attempt).TotalSeconds.ShouldBeInRange(seconds[attempt - 1] * 0.9, seconds[attempt - 1] * 1.1));
        Enumerable.Range(0, 20).Select(_ => options.DelayAfter(1)).Distinct().Count().ShouldBeGreaterThan(1, "not all at the same moment");
    }

    [Theory]
    [InlineData("Departments:Sales:FailureRate", "1.5", "FailureRate must be between 0 and 1.")]
    [InlineData("Departments:Sales:Concurrency", "0", "Concurrency must be between 1 and 256.")]
    [InlineData("Departments:Accounting:Enabled", "true", "there is no such department")]
    public void What_makes_no_sense_is_refused_with_a_sentence(string key, string value, string sentence)
    {
        using var provider = DepartmentSettings.Provide((key, value));
        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptionsMonitor<DepartmentOptions>>().Get("Sales")).Message.ShouldContain(sentence);
    }

    private static MessagingOptions Messaging(params (string Key, string Value)[] settings)
    {
        using var provider = DepartmentSettings.Provide(settings);
        return provider.GetRequiredService<IOptions<MessagingOptions>>().Value;
    }
}
