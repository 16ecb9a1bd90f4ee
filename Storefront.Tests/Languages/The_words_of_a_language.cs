using System.Text;
using Storefront.Languages;

namespace Storefront.Tests.Languages;

public sealed class The_words_of_a_language
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "€1,050.50", "4 Mar 2026", "05:06:07")]
    [InlineData("de", "1.050,50\u00a0€", "4. März 2026", "05:06:07")]
    [InlineData("is", "1.050,50\u00a0€", "4. mars 2026", "05:06:07")]
    public void Write_money_and_time_as_the_language_does(string code, string money, string date, string clock)
    {
        var words = new Words(Language.Find(code)!);

        words.Money(105_050, "EUR").ShouldBe(money);
        words.Date(At).ShouldBe(date);
        words.Clock(At).ShouldBe(clock);
    }

    [Theory]
    [InlineData(1, "vara")]
    [InlineData(2, "vörur")]
    [InlineData(11, "vörur")]
    [InlineData(21, "vara")]
    [InlineData(111, "vörur")]
    [InlineData(1231, "vara")]
    public void Count_in_Icelandic_by_the_last_figure(int count, string word) =>
        new Words(Language.Find("is")!).Count("catalogue.count", count).ShouldEndWith(" " + word);

    [Theory]
    [InlineData(1, "one")]
    [InlineData(3, "few")]
    [InlineData(13, "many")]
    [InlineData(23, "few")]
    [InlineData(25, "many")]
    public void Count_by_any_rule_that_CLDR_writes(int count, string form) => new PluralRules(new Dictionary<string, string>
    {
        ["one"] = "i = 1 and v = 0",
        ["few"] = "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
        ["many"] = "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
    }).FormOf(count).ShouldBe(form);

    [Fact]
    public void Are_English_where_the_language_lacks_a_text_and_the_key_where_nobody_has_one()
    {
        var words = new Words(Language.Of("xx", new MemoryStream(Encoding.UTF8.GetBytes("""
            {"name": "Xish", "formats": {"point": "'", "group": " ", "money": "{sign}{amount}", "date": "d", "time": "t", "clock": "T", "months": ["a","b","c","d","e","f","g","h","i","j","k","l"]},
             "plurals": {}, "words": {"cart.title": "Xit"}}
            """))));

        words["cart.title"].ShouldBe("Xit");
        words["cart.total"].ShouldBe("Total");
        words.Count("catalogue.count", 1).ShouldBe("1 product");
        words["cart.nonsense"].ShouldBe("cart.nonsense");
        words.Money(1050, "EUR").ShouldBe("€10'50");
    }

    [Theory]
    [InlineData("""{"name": "X"}""", "formats")]
    [InlineData("""[]""", "xx.json")]
    public void Come_from_a_file_that_says_what_it_lacks(string file, string said) =>
        Should.Throw<InvalidDataException>(() => Language.Of("xx", new MemoryStream(Encoding.UTF8.GetBytes(file)))).Message.ShouldContain(said);

    [Theory]
    [InlineData("de-AT", "de")]
    [InlineData("IS", "is")]
    [InlineData("fr", null)]
    [InlineData("", null)]
    public void Are_found_by_code_and_country(string code, string? found) => Language.Find(code)?.Code.ShouldBe(found);
}
