using System.Text.RegularExpressions;
using Storefront.Catalog;
using Storefront.Languages;

namespace Storefront.Tests.Languages;

/// <summary>What holds for every file in <c>Languages/</c>, those of tomorrow too.</summary>
public sealed class The_language_files
{
    private static readonly IReadOnlyList<string> EnglishKeys = [.. Language.English.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Codes => [.. Language.All.Select(l => l.Code)];

    [Fact]
    public void Are_those_of_English_German_and_Icelandic_at_least() =>
        Language.All.Select(l => l.Name).Intersect(["English", "Deutsch", "Íslenska"]).Count().ShouldBe(3);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Have_the_keys_of_English_and_no_others(string code)
    {
        var keys = Of(code).Keys.ToList();

        EnglishKeys.Except(keys).ShouldBeEmpty($"{code}.json lacks these");
        keys.Except(EnglishKeys).ShouldBeEmpty($"{code}.json has these, and English does not");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Have_the_places_and_the_links_of_English_in_every_form(string code)
    {
        foreach (var key in EnglishKeys)
        {
            var (english, own) = (Language.English.PhraseOf(key)!, Of(code).PhraseOf(key)!);
            foreach (var form in own.Forms)
            {
                // A form for one alone may say "one" instead of its number.
                var mayLeaveOut = form == Phrase.Other ? [] : new[] { "count" };
                var places = own[form].Places.Distinct().Order().ToList();
                places.Except(english.Whole.Places).ShouldBeEmpty($"{code}.json: {key} ({form}) has a place that English has not");
                english.Whole.Places.Except(places).Except(mayLeaveOut).ShouldBeEmpty($"{code}.json: {key} ({form}) lacks a place");
                Brackets(own[form]).ShouldBe(Brackets(english.Whole), customMessage: $"{code}.json: {key} ({form}) marks its link otherwise");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Count_where_English_counts_in_every_form_that_the_language_has(string code)
    {
        var forms = Enumerable.Range(0, 1000).Select(n => Of(code).FormOf(n)).Distinct().Order().ToList();
        foreach (var key in EnglishKeys)
        {
            var counts = Language.English.PhraseOf(key)!.Forms.Count() > 1;
            string.Join(", ", Of(code).PhraseOf(key)!.Forms.Order()).ShouldBe(counts ? string.Join(", ", forms) : Phrase.Other, $"{code}.json: {key}");
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Are_plain_text(string code)
    {
        var language = Of(code);
        var texts = language.Keys.SelectMany(k => language.PhraseOf(k)!.Forms.Select(f => language.PhraseOf(k)![f].Text))
            .Concat(language.Goods.Products.Values.SelectMany(p => new[] { p.Name, p.Line, p.Description }.Concat(p.Details.Keys).Concat(p.Details.Values)));

        texts.ShouldAllBe(t => t.Trim().Length == t.Length && t.Length > 0 && !t.Contains('<') && !t.Contains("&amp;", StringComparison.Ordinal) && !t.Contains("&nbsp;", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Name_all_goods_of_the_catalogue_or_none(string code)
    {
        var (goods, catalogue) = (Of(code).Goods, CatalogueFile.Read(null));
        if (goods.Products.Count == 0)
        {
            code.ShouldBe("en", "English is the catalogue's own language");
            return;
        }

        goods.Products.Keys.Order().ShouldBe(catalogue.Products.Select(p => p.Slug).Order());
        goods.Categories.Keys.Order().ShouldBe(catalogue.Categories.Select(c => c.Id).Order());
        foreach (var product in catalogue.Products)
        {
            var own = goods.Products[product.Slug];
            own.Details.Count.ShouldBe(product.Details!.Count, $"{code}.json: details of {product.Slug}");
            own.Description.Split("\n\n").Length.ShouldBe(product.Description.Split("\n\n").Length, $"{code}.json: paragraphs of {product.Slug}");
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Write_twelve_months_and_money_with_amount_and_sign(string code)
    {
        var formats = Of(code).Formats;

        formats.Months.Length.ShouldBe(12);
        formats.Months.ShouldBeUnique();
        formats.Money.ShouldContain("{amount}");
        formats.Money.ShouldContain("{sign}");
    }

    [Fact]
    public void Have_every_key_that_the_pages_ask_for_and_none_that_nobody_asks_for()
    {
        var asked = KeysInCode.Read();
        asked.Count.ShouldBeGreaterThan(100);

        asked.Where(a => !EnglishKeys.Any(a.Fits)).Select(a => a.Text).ShouldBeEmpty("asked for, but not in en.json");
        EnglishKeys.Where(key => !asked.Any(a => a.Fits(key))).ShouldBeEmpty("in en.json, but nobody asks for it");
    }

    private static Language Of(string code) => Language.Find(code)!;

    private static int Brackets(Template text) => Regex.Count(text.Text, @"^[^\[\]]*\[[^\[\]]+\][^\[\]]*$", RegexOptions.None, TimeSpan.FromSeconds(1));
}
