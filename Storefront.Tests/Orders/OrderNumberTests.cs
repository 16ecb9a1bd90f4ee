using CsCheck;
using Storefront.Orders;

namespace Storefront.Tests.Orders;

public sealed class An_order_number
{
    private static readonly Gen<OrderNumber> Numbers = Gen.Long[0, (1L << 60) - 1].Select(v => new OrderNumber(v));

    [Fact]
    public void Is_written_as_three_groups_of_four_and_read_back() => Numbers.Sample(number =>
    {
        number.ToString().ShouldMatch("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$");
        Read(number.ToString()).ShouldBe(number);
    });

    [Fact]
    public void Is_read_in_any_case_with_or_without_dashes() => Gen.Select(Numbers, Gen.Bool.Array[14], Gen.Bool).Sample((number, lower, dashes) =>
    {
        var text = string.Concat(number.ToString().Select((c, i) => lower[i] ? char.ToLowerInvariant(c) : c));
        Read(dashes ? text : text.Replace("-", "", StringComparison.Ordinal)).ShouldBe(number);
    });

    [Fact]
    public void Takes_letters_that_look_like_digits_for_the_digits() => Gen.Select(Numbers, Gen.Char["IiLl"], Gen.Char["Oo"]).Sample((number, one, zero) =>
        Read(number.ToString().Replace('1', one).Replace('0', zero)).ShouldBe(number));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("------------")]
    [InlineData("7Q4M-X0ZB-K2T")]
    [InlineData("7Q4M-X0ZB-K2TD0")]
    [InlineData("7Q4M-X0ZB-K2TU")]
    [InlineData("7Q4M X0ZB K2TD")]
    [InlineData("٧Q4M-X0ZB-K2TD")]
    public void Is_not_read_from_anything_else(string? text) => OrderNumber.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Is_another_one_each_time()
    {
        var numbers = Enumerable.Range(0, 10_000).Select(_ => OrderNumber.New()).ToHashSet();
        numbers.Count.ShouldBe(10_000);
        numbers.ShouldAllBe(n => n.Value >= 0 && n.Value < 1L << 60);
    }

    private static OrderNumber Read(string text)
    {
        OrderNumber.TryParse(text, out var number).ShouldBeTrue($"'{text}' was not read");
        return number;
    }
}
