using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Pages.Products.Pictures;
using Storefront.Web.BackOffice.Pages.Products.Stock;

namespace Storefront.Tests.BackOffice;

/// <summary>What stands beside a product's editor: its picture, its stock and its books.</summary>
public sealed class The_cards_of_a_product : GoodsForms
{
    [Fact]
    public async Task Take_a_picture_and_give_the_drawing_back()
    {
        var card = Render<PictureCard>(p => p.Add(c => c.Product, Shown));
        card.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(SomePicture.Of(300, 300), "jam.exe", contentType: "text/html"));
        await SaysAsync(card, "status", "The shop shows this picture now.");
        var now = await FindAsync();
        now.PictureHash.ShouldNotBeNull("it is what it holds, whatever it is called");

        card.Render(p => p.Add(c => c.Product, now));
        await Button(card, "Show the drawing again").ClickAsync();
        await SaysAsync(card, "status", "The drawing is back.");
        (await FindAsync()).PictureHash.ShouldBeNull();
    }

    [Fact]
    public async Task Take_no_picture_that_is_none()
    {
        var card = Render<PictureCard>(p => p.Add(c => c.Product, Shown));
        card.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("<svg onload='alert(1)'/>", "jam.png", contentType: "image/png"));
        await SaysAsync(card, "alert", "SVG drawings may carry programs, so they are not taken. Save it as PNG and try again.");
        card.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[PictureStudio.MaxBytes + 1], "jam.png"));
        await SaysAsync(card, "alert", "The file has 5.0 MB; it may have 5. Save it smaller and try again.");
        (await FindAsync()).Version.ShouldBe(0);
    }

    [Fact]
    public async Task Move_stock_for_operators_with_a_note()
    {
        Session.SetPolicies(OfficePolicy.View, OfficePolicy.Operate);
        var form = Render<MoveForm>(p => p.Add(f => f.ProductId, Jam));
        await form.Find("#move-pieces").ChangeAsync("a dozen");
        await form.Find("form").SubmitAsync();
        await form.WaitForAssertionAsync(() => form.FindAll("[role=alert]").Count.ShouldBe(2), Watching.Bound);
        form.Find("#move-pieces").GetAttribute("aria-invalid").ShouldBe("true");

        await form.Find("#move-pieces").ChangeAsync("12");
        await form.Find("#move-note").ChangeAsync("Delivery 4711");
        await form.Find("form").SubmitAsync();

        await SaysAsync(form, "status", "Written down: +12, so 100,012 are there.");
        form.Find("#move-note").GetAttribute("value").ShouldBeNullOrEmpty();
        (await FindAsync()).Stock.ShouldBe(100_012);
    }

    [Fact]
    public async Task Move_no_stock_for_somebody_who_may_only_look()
    {
        Session.SetPolicies(OfficePolicy.View);
        var form = Render<MoveForm>(p => p.Add(f => f.ProductId, Jam));
        await form.Find("#move-pieces").ChangeAsync("12");
        await form.Find("#move-note").ChangeAsync("Delivery 4711");
        await form.Find("form").SubmitAsync();
        await form.WaitForAssertionAsync(() => form.Find("[role=alert]").TextContent.Trim().ShouldBe("Your role may look, but not change anything. Nothing was changed."), Watching.Bound);
        (await FindAsync()).Stock.ShouldBe(100_000);
    }

    [Fact]
    public async Task Add_the_books_up_when_asked()
    {
        await Desk.PlaceAsync(products: [Jam, Jam]);
        var card = Render<BooksCard>(p => p.Add(b => b.ProductId, Jam));
        await Button(card, "Add them up").ClickAsync();
        await SaysAsync(card, "status", "They do.");
        card.FindAll("dd").Select(d => d.TextContent).ShouldBe(["+100,000", "0", "0", "0", "−2", "0", "99,998", "99,998"]);
    }
}
