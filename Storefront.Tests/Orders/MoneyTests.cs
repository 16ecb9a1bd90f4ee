using CsCheck;

namespace Storefront.Tests.Orders;

public sealed class An_amount_of_money
{
    [Fact]
    public void Comes_back_from_major_units_unchanged() => Gen.Long[0, Money.MaxMinor].Sample(minor =>
    {
        Money.TryToMinor(Money.ToMajor(minor), out var back).ShouldBeTrue();
        back.ShouldBe(minor);
    });

    [Theory]
    [InlineData("-0.01")]
    [InlineData("0.001")]
    [InlineData("1000000000.01")]
    [InlineData("79228162514264337593543950335")]
    public void Is_refused_when_negative_too_fine_or_too_large(string major) =>
        Money.TryToMinor(decimal.Parse(major, System.Globalization.CultureInfo.InvariantCulture), out _).ShouldBeFalse();

    [Theory]
    [InlineData(1850, "EUR", "€18.50")]
    [InlineData(5, "GBP", "£0.05")]
    [InlineData(123456789, "USD", "$1,234,567.89")]
    [InlineData(1850, "NOK", "18.50 NOK")]
    public void Reads_as_customers_write_it(long minor, string currency, string text) => Money.Format(minor, currency).ShouldBe(text);

    [Fact]
    public void Has_two_decimals_as_json() => System.Text.Json.JsonSerializer.Serialize(Money.ToMajor(1800)).ShouldBe("18.00");
}
