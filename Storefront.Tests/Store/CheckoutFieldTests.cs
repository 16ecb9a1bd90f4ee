using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Tests.Store;

/// <summary>What people type into the checkout, and worse.</summary>
public sealed class A_field_of_the_checkout(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;
    private readonly HttpClient _client = fixture.Shop.NewClient();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("name", "shipping name", "text")]
    [InlineData("email", "email", "email")]
    [InlineData("street", "shipping address-line1", "text")]
    [InlineData("postcode", "shipping postal-code", "text")]
    [InlineData("city", "shipping address-level2", "text")]
    [InlineData("country", "shipping country-name", "text")]
    public async Task Tells_browsers_and_phones_what_it_is(string id, string autocomplete, string inputMode)
    {
        var field = (await _client.CarryToCheckoutAsync(1)).QuerySelector($"#{id}")!;

        field.GetAttribute("autocomplete").ShouldBe(autocomplete);
        field.GetAttribute("inputmode").ShouldBe(inputMode);
        field.GetAttribute("dir").ShouldBe("auto");
        field.ParentElement!.QuerySelector($"label[for={id}]").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Name", "", "Enter your name, so that the parcel knows whom to ask for.")]
    [InlineData("Name", " \t ", "Enter your name, so that the parcel knows whom to ask for.")]
    [InlineData("Name", "\u200b\u202e\u2060", "Enter your name, so that the parcel knows whom to ask for.")]
    [InlineData("Name", "*201", "Your name must have at most 200 characters; it has 201.")]
    [InlineData("Name", "*50000", "Your name must have at most 200 characters; it has 50,000.")]
    [InlineData("Name", "Hel\0gi", "Your name must not have control characters.")]
    [InlineData("Name", "Hel\u0007gi", "Your name must not have control characters.")]
    [InlineData("Name", "\0", "Your name must not have control characters.")]
    [InlineData("Email", "helgi at home", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("Email", "helgi@", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("Email", "a@b@c", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("Email", "Helgi <helgi@example.com>", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("Email", "<script>alert(1)</script>@example.com", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("Email", "helgi@example.com\r\nBcc: all@example.com", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("Email", "helgi@exa\0mple.com", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("Email", "🐇", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("Email", "*255@example.com", "E-mail must have at most 254 characters; it has 267.")]
    [InlineData("Street", "", "Enter street and house number.")]
    [InlineData("Street", "*201", "Street and number must have at most 200 characters; it has 201.")]
    [InlineData("Street", "Hedge\u001bLane", "Street and number must not have control characters.")]
    [InlineData("Postcode", "", "Enter the postcode.")]
    [InlineData("Postcode", "*21", "Postcode must have at most 20 characters; it has 21.")]
    [InlineData("Postcode", "1\00", "Postcode must not have control characters.")]
    [InlineData("City", "\u00a0", "Enter the town.")]
    [InlineData("City", "*101", "Town must have at most 100 characters; it has 101.")]
    [InlineData("City", "\u0001", "Town must not have control characters.")]
    [InlineData("Country", "", "Enter the country.")]
    [InlineData("Country", "*101", "Country must have at most 100 characters; it has 101.")]
    [InlineData("Country", "Ice\u007fland", "Country must not have control characters.")]
    [InlineData("Note", "*1001", "Your note must have at most 1,000 characters; it has 1,001.")]
    [InlineData("Note", "Mind\0the hedge", "Your note must not have control characters.")]
    public async Task That_is_not_right_says_so_beside_it_keeps_everything_and_stores_nothing(string field, string typed, string fault)
    {
        typed = typed.StartsWith('*') ? Long(typed) : typed;
        var checkout = await _client.CarryToCheckoutAsync(2);
        var orders = await _shop.OrdersAsync();

        using var answer = await _client.SendAsync(checkout, ($"Form.{field}", typed));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.PageAsync();
        var id = field.ToLowerInvariant();
        page.Alert().ShouldBe($"One field needs another look {fault}");
        page.QuerySelector($"main [role=alert] a[href='/checkout#{id}']").OneLine().ShouldNotBeEmpty();
        var input = page.QuerySelector($"#{id}")!;
        input.GetAttribute("aria-invalid").ShouldBe("true");
        input.GetAttribute("aria-describedby")!.Split(' ').Select(part => page.GetElementById(part).OneLine()).ShouldContain(page.QuerySelector($"#{id}-fault").OneLine());
        page.QuerySelectorAll("[aria-invalid]").Length.ShouldBe(1);
        page.QuerySelectorAll("main script").ShouldBeEmpty();
        foreach (var (name, value) in CheckoutSheetOverHttp.WellFilled.Append(new($"Form.{field}", typed)).GroupBy(f => f.Key).Select(g => g.Last()))
        {
            // A null byte cannot stand in a page.
            page.Fields()[name].ShouldBe(value.Replace('\0', '\u001a'));
        }

        (await _shop.OrdersAsync()).ShouldBe(orders);
    }

    [Fact]
    public async Task Is_named_with_all_the_others_that_are_not_right_in_the_forms_order()
    {
        var checkout = await _client.CarryToCheckoutAsync(2);

        using var answer = await _client.SendAsync(checkout, [.. CheckoutSheetOverHttp.WellFilled.Keys.Select(k => (k, ""))]);

        var page = await answer.PageAsync();
        page.QuerySelectorAll("main [role=alert] a").Select(a => a.GetAttribute("href")).ShouldBe(["/checkout#name", "/checkout#street", "/checkout#postcode", "/checkout#city", "/checkout#country"]);
        page.QuerySelectorAll("[aria-invalid]").Length.ShouldBe(5);
        page.QuerySelector("main [role=alert]")!.HasAttribute("autofocus").ShouldBeTrue("whoever hears or tabs the page begins there");
        page.Title.ShouldNotBeNull().ShouldStartWith("Please look again");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("Robert'); DROP TABLE orders;--")]
    [InlineData("🐇🐇🐇")]
    [InlineData("هلغي مولر")]
    [InlineData("Helgi \u202eMöller")]
    [InlineData("{{7*7}} ${7*7} %n")]
    [InlineData("*200")]
    public async Task Takes_whatever_people_are_called_as_it_is(string name)
    {
        name = name == "*200" ? string.Concat(Enumerable.Repeat("🐇", 200)) : name;
        var checkout = await _client.CarryToCheckoutAsync(2);

        using var answer = await _client.SendAsync(checkout, ("Form.Name", name), ("Form.Note", name));

        var number = answer.Ordered();
        await using var db = _shop.OpenDatabase();
        var customer = (await db.Orders.SingleAsync(o => o.Number == number, TestContext.Current.CancellationToken)).Customer;
        (customer.Name, customer.Note).ShouldBe((name, name));
        (await _client.OpenAsync($"/track/{number}")).Page.QuerySelectorAll("main script").ShouldBeEmpty();
    }

    /// <summary><c>*201</c>: so many letters; what follows the number is put behind them.</summary>
    private static string Long(string typed)
    {
        var figures = new string([.. typed.Skip(1).TakeWhile(char.IsAsciiDigit)]);
        return new string('x', int.Parse(figures, System.Globalization.CultureInfo.InvariantCulture)) + typed[(1 + figures.Length)..];
    }
}
