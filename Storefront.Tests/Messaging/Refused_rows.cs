using Storefront.Messaging.Outbox;

namespace Storefront.Tests.Messaging;

/// <summary>How long they rest, and when they are given up.</summary>
public sealed class Refused_rows
{
    private readonly Refusals _refusals = new();

    [Fact]
    public void Handed_back_rest_twice_as_long_each_time_and_are_given_up_at_the_fifth() =>
        Rests(5, isReturn: true).ShouldBe([1, 2, 4, 8, null]);

    [Fact]
    public void Not_taken_rest_a_minute_at_most_and_are_never_given_up() =>
        Rests(100, isReturn: false).ShouldBe([1, 2, 4, 8, 16, 32, .. Enumerable.Repeat<double?>(60, 94)]);

    [Fact]
    public void Are_counted_each_for_itself_until_they_are_gone()
    {
        Rests(4, isReturn: true);
        _refusals.Add(2, isReturn: true).ShouldBe(TimeSpan.FromSeconds(1));
        _refusals.Rows.ShouldBe(2);

        _refusals.Forget([1]);

        _refusals.Rows.ShouldBe(1);
        _refusals.Add(1, isReturn: true).ShouldBe(TimeSpan.FromSeconds(1));
    }

    private double?[] Rests(int times, bool isReturn) => [.. Enumerable.Range(0, times).Select(_ => _refusals.Add(1, isReturn)?.TotalSeconds)];
}
