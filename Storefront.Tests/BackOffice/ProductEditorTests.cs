using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor.Services;
using Storefront.Catalog;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Pages.Products;
using Storefront.Web.BackOffice.Pages.Products.Edit;
using Storefront.Web.BackOffice.Pages.Products.Pictures;
using Storefront.Web.BackOffice.Pages.Products.Stock;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

/// <summary>The forms of the goods, on the real database, without a browser.</summary>
public sealed class The_forms_of_the_goods : BunitContext, IAsyncLifetime
{
    private const int Jam = 1;

    private OfficeDesk _desk = null!;
    private BunitAuthorizationContext _session = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_desk.Clock);
        Services.AddSingleton(_desk.Get<GoodsDesk>()).AddSingleton(_desk.Get<StockDesk>()).AddSingleton(_desk.Get<IOptions<ShopOptions>>());
        Services.AddSingleton(new PictureStudio(_desk.Clock)).AddSingleton(new StockBook(_desk.Contexts)).AddScoped<StaffPermit>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        _session = AddAuthorization();
        _session.SetAuthorized("Holly").SetPolicies(OfficePolicy.View, OfficePolicy.Operate, OfficePolicy.Manage);
        SetRendererInfo(new("Server", isInteractive: true));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Save_what_was_typed()
    {
        var form = await EditAsync();
        await TypeAsync(form, "Name", "Damson Jam");
        await TypeAsync(form, "PriceMinor", "7,5");
        await form.Find("form").SubmitAsync();

        await SaysAsync(form, "status", "Saved.");
        (await FindAsync()).ShouldSatisfyAllConditions(p => p.Name.ShouldBe("Damson Jam"), p => p.PriceMinor.ShouldBe(750), p => p.ChangedBy.ShouldBe("Holly"));
        Field(form, "PriceMinor").GetAttribute("value").ShouldBe("7.50");
    }

    [Fact]
    public async Task Name_all_that_is_wrong_beside_its_field_and_keep_what_was_typed()
    {
        var form = await EditAsync();
        await TypeAsync(form, "Name", "");
        await TypeAsync(form, "PriceMinor", "cheap");
        await TypeAsync(form, "Slug", "Two Words");
        await TypeAsync(form, "Details", "no colon");
        await form.Find("form").SubmitAsync();

        await SaysAsync(form, "alert", "4 things are not right; the fields say why. Nothing was saved.");
        foreach (var field in new[] { "Name", "PriceMinor", "Slug", "Details" })
        {
            Field(form, field).GetAttribute("aria-invalid").ShouldBe("true", field);
            form.Find($"#{Field(form, field).GetAttribute("aria-describedby")!.Split(' ')[0]}").TextContent.ShouldStartWith("must ");
        }

        Field(form, "PriceMinor").GetAttribute("value").ShouldBe("cheap");
        (await FindAsync()).Version.ShouldBe(0);
    }

    [Fact]
    public async Task Show_somebody_elses_change_beside_mine_and_let_me_choose()
    {
        var form = await EditAsync();
        await TypeAsync(form, "Name", "My Jam");
        await TypeAsync(form, "Bin", "M-1");
        var before = await IvySavesAsync(d => d with { Name = "Ivy's Jam", Bin = "I-1", PriceMinor = 999 });

        await form.Find("form").SubmitAsync();

        await form.WaitForAssertionAsync(() => form.Find(".conflict h3").TextContent.ShouldContain("Ivy has changed this product since you began"), Watching.Bound);
        var told = form.FindAll(".conflict li").Select(l => string.Join('|', l.QuerySelectorAll("b, dd").Select(e => e.TextContent))).ToList();
        told.ShouldBe([$"Name|Ivy's Jam|My Jam|{before.Name}", $"Price|9.99|{Money.ToMajor(before.PriceMinor):0.00}", $"Bin|I-1|M-1|{before.Bin}"]);
        (await FindAsync()).Name.ShouldBe("Ivy's Jam", "nothing is saved over it unasked");
        Field(form, "PriceMinor").GetAttribute("value").ShouldBe("9.99", "what I had not touched is theirs");

        await Button(form, "Take theirs").ClickAsync();
        Field(form, "Name").GetAttribute("value").ShouldBe("Ivy's Jam");
        Button(form, "Save mine over theirs").ShouldNotBeNull();
        await form.Find("form").SubmitAsync();

        await SaysAsync(form, "status", "Saved.");
        (await FindAsync()).ShouldSatisfyAllConditions(p => p.Name.ShouldBe("Ivy's Jam"), p => p.Bin.ShouldBe("M-1"), p => p.PriceMinor.ShouldBe(999), p => p.Version.ShouldBe(2));
        form.FindAll(".conflict").ShouldBeEmpty();
    }

    [Fact]
    public async Task Follow_somebody_elses_change_where_nothing_was_typed()
    {
        var form = await EditAsync();
        await IvySavesAsync(d => d with { Name = "Ivy's Jam" });
        var now = await FindAsync();
        form.Render(p => p.Add(e => e.Current, now));
        Field(form, "Name").GetAttribute("value").ShouldBe("Ivy's Jam");
        form.FindAll(".conflict").ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_a_change_that_comes_in_while_something_is_typed()
    {
        var form = await EditAsync();
        await TypeAsync(form, "Name", "My Jam");
        await IvySavesAsync(d => d with { Bin = "I-1" });
        var now = await FindAsync();
        form.Render(p => p.Add(e => e.Current, now));

        form.Find(".conflict li b").TextContent.ShouldBe("Bin");
        Field(form, "Name").GetAttribute("value").ShouldBe("My Jam");
        await form.Find("form").SubmitAsync();
        await SaysAsync(form, "status", "Saved.");
        (await FindAsync()).ShouldSatisfyAllConditions(p => p.Name.ShouldBe("My Jam"), p => p.Bin.ShouldBe("I-1"));
    }

    [Fact]
    public async Task Make_a_product_whose_address_follows_its_name()
    {
        var made = 0;
        var form = Render<ProductEditor>(p => p.Add(e => e.Categories, Categories()).Add(e => e.OnSaved, id => made = id));
        await TypeAsync(form, "Name", "Crème de Sloe");
        Field(form, "Slug").GetAttribute("value").ShouldBe("creme-de-sloe");
        foreach (var (field, text) in new[] { ("PriceMinor", "21"), ("Bin", "P-99"), ("Line", "Strong."), ("Description", "Very strong."), ("Details", "Volume: 0.5 l"), ("CategoryId", "pantry") })
        {
            await TypeAsync(form, field, text);
        }

        await form.Find("form").SubmitAsync();

        await form.WaitForStateAsync(() => made != 0, Watching.Bound);
        (await FindAsync(made)).ShouldSatisfyAllConditions(p => p.Slug.ShouldBe("creme-de-sloe"), p => p.PriceMinor.ShouldBe(2100), p => p.Details["Volume"].ShouldBe("0.5 l"));
    }

    [Fact]
    public async Task Change_nothing_for_somebody_who_is_no_manager_any_more()
    {
        var form = await EditAsync();
        var picture = Render<PictureCard>(p => p.Add(c => c.Product, Shown));
        await TypeAsync(form, "Name", "My Jam");
        _session.SetPolicies(OfficePolicy.View, OfficePolicy.Operate);

        await form.Find("form").SubmitAsync();
        picture.FindComponents<InputFile>().SingleOrDefault()?.UploadFiles(InputFileContent.CreateFromBinary(SomePicture.Of(300, 300), "jam.png"));

        await SaysAsync(form, "alert", "Only a manager may do that. Nothing was changed.");
        (await FindAsync()).ShouldSatisfyAllConditions(p => p.Name.ShouldBe("Bramble Jam"), p => p.PictureHash.ShouldBeNull());
    }

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
        _session.SetPolicies(OfficePolicy.View, OfficePolicy.Operate);
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
        _session.SetPolicies(OfficePolicy.View);
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
        await _desk.PlaceAsync(products: [Jam, Jam]);
        var card = Render<BooksCard>(p => p.Add(b => b.ProductId, Jam));
        await Button(card, "Add them up").ClickAsync();
        await SaysAsync(card, "status", "They do.");
        card.FindAll("dd").Select(d => d.TextContent).ShouldBe(["+100,000", "0", "0", "0", "−2", "0", "99,998", "99,998"]);
    }

    private Product Shown
    {
        get
        {
            using var db = _desk.Contexts.CreateDbContext();
            return db.Products.AsNoTracking().Single(p => p.Id == Jam);
        }
    }

    private List<Category> Categories()
    {
        using var db = _desk.Contexts.CreateDbContext();
        return [.. db.Categories.AsNoTracking().OrderBy(c => c.Position)];
    }

    private async Task<IRenderedComponent<ProductEditor>> EditAsync()
    {
        var product = await FindAsync();
        return Render<ProductEditor>(p => p.Add(e => e.Current, product).Add(e => e.Categories, Categories()));
    }

    private async Task<Product> IvySavesAsync(Func<ProductDraft, ProductDraft> change)
    {
        var before = await FindAsync();
        var draft = new ProductDraft(before.Name, before.Slug, before.CategoryId, before.PriceMinor, before.Bin, before.Line, before.Description, [.. before.Details]);
        (await _desk.Get<GoodsDesk>().SaveAsync(Jam, before.Version, change(draft), "Ivy", Cancellation)).ShouldBeOfType<Editing.Saved>();
        return before;
    }

    private async Task<Product> FindAsync(int id = Jam)
    {
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        return await db.Products.AsNoTracking().SingleAsync(p => p.Id == id, Cancellation);
    }

    private static IElement Field(IRenderedComponent<ProductEditor> form, string field) => form.Find($"#product-{field}");

    private static Task TypeAsync(IRenderedComponent<ProductEditor> form, string field, string text) =>
        field == "CategoryId" ? Field(form, field).ChangeAsync(text) : Field(form, field).InputAsync(text);

    private static IElement Button<T>(IRenderedComponent<T> on, string name) where T : Microsoft.AspNetCore.Components.IComponent => on.FindAll("button").First(b => b.TextContent.Trim() == name);

    private static Task SaysAsync<T>(IRenderedComponent<T> on, string role, string what) where T : Microsoft.AspNetCore.Components.IComponent =>
        on.WaitForAssertionAsync(() => on.Find($"p[role={role}]").TextContent.ShouldBe(what), Watching.Bound);
}
