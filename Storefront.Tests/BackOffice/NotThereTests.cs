using System.Net;
using Storefront.Tests.Account;

namespace Storefront.Tests.BackOffice;

public sealed class A_page_about_something_that_is_not_there
{
    [Theory]
    [InlineData("/backoffice/orders/7Q4M-X0ZB-K2TD", "There is no such order")]
    [InlineData("/backoffice/orders/nonsense", "There is no such order")]
    [InlineData("/backoffice/dead-letters/99", "There is no such dead letter")]
    public async Task Is_a_real_404_that_says_what_to_do(string path, string title)
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.Client.SignedInAsync();
        using var answer = await shop.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(title);
    }
}
