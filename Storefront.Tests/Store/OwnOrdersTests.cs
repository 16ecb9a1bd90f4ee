using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

public sealed class The_orders_of_a_browser : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("storefront-test-");
    private readonly OrderKeys _keys;

    public The_orders_of_a_browser() => _keys = new OrderKeys(Options.Create(new DataOptions { Folder = _folder.FullName }));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Are_read_back_the_newest_first()
    {
        var (first, second) = (OrderNumber.New(), OrderNumber.New());
        var cookie = Add(Add(null, first), second);
        Read(cookie).Numbers.ShouldBe([second, first]);
        Read(cookie).Contains(first).ShouldBeTrue();
        Read(cookie).Contains(OrderNumber.New()).ShouldBeFalse();
    }

    [Fact]
    public void Stand_there_once_however_often_they_are_added()
    {
        var (first, second) = (OrderNumber.New(), OrderNumber.New());
        Read(Add(Add(Add(null, first), second), first)).Numbers.ShouldBe([first, second]);
    }

    [Fact]
    public void Are_the_last_twenty_and_fit_a_cookie()
    {
        var numbers = Enumerable.Range(0, 25).Select(_ => OrderNumber.New()).ToList();
        var cookie = numbers.Aggregate((string?)null, Add)!;
        Read(cookie).Numbers.ShouldBe(numbers.AsEnumerable().Reverse().Take(20));
        cookie.Length.ShouldBeLessThan(1024);
        Uri.EscapeDataString(cookie).ShouldBe(cookie, "nothing in it has to be escaped, which would make it longer");
    }

    [Fact]
    public void Are_not_those_with_another_orders_key_or_a_changed_one()
    {
        var (mine, theirs) = (OrderNumber.New(), OrderNumber.New());
        var key = _keys.Of(mine);
        Read($"{theirs}.{key}").Numbers.ShouldBeEmpty();
        Read($"{mine}.{(key[0] == '0' ? '1' : '0')}{key[1..]}").Numbers.ShouldBeEmpty();
        Read($"{theirs}.{key}~{mine}.{key}").Numbers.ShouldBe([mine], "one bad entry does not spoil the others");
    }

    [Theory]
    [InlineData("")]
    [InlineData("~~~")]
    [InlineData(".")]
    [InlineData("7Q4M-X0ZB-K2TD")]
    [InlineData("7Q4M-X0ZB-K2TD.")]
    [InlineData("7Q4M-X0ZB-K2TD.a.b")]
    [InlineData("<script>.0123456789abcdef0123456789abcdef")]
    public void Out_of_somebodys_workshop_are_none(string cookie) => Read(cookie).Numbers.ShouldBeEmpty();

    [Fact]
    public void Are_read_no_further_than_the_shop_writes()
    {
        var last = OrderNumber.New();
        Read($"{string.Concat(Enumerable.Repeat("x~", 10_000))}{last}.{_keys.Of(last)}").Numbers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public void Are_kept_for_a_year_from_scripts_and_other_sites_and_over_https_from_anything_else(string scheme, bool isSecure)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = scheme;
        Own(context).Add(OrderNumber.New());
        var cookie = context.Response.Headers.SetCookie.ToString();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("max-age=31536000");
        cookie.Contains("secure", StringComparison.Ordinal).ShouldBe(isSecure);
    }

    private OwnOrders Own(HttpContext context) => new(new HttpContextAccessor { HttpContext = context }, _keys);

    private OwnOrders Read(string? cookie)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie is null ? default : $"{OwnOrders.CookieName}={cookie}";
        return Own(context);
    }

    private string Add(string? cookie, OrderNumber number)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie is null ? default : $"{OwnOrders.CookieName}={cookie}";
        Own(context).Add(number);
        return context.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=')[1];
    }
}
