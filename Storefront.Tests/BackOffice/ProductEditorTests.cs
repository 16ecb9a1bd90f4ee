using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Pages.Products.Edit;
using Storefront.Web.BackOffice.Pages.Products.Pictures;

namespace Storefront.Tests.BackOffice;

/// <summary>What a manager may write about a product, also while somebody else does.</summary>
public sealed class The_editor_of_a_product : GoodsForms
{
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
    public async Task Say_beside_the_choice_of_a_category_that_one_is_missing()
    {
        var form = Render<ProductEditor>(p => p.Add(e => e.Categories, Categories()));
        await DescribeAsync(form);
        Field(form, "CategoryId").HasAttribute("aria-invalid").ShouldBeFalse();

        await form.Find("form").SubmitAsync();

        await form.WaitForAssertionAsync(() => Field(form, "CategoryId").GetAttribute("aria-invalid").ShouldBe("true"), Watching.Bound);
        form.Find($"#{Field(form, "CategoryId").GetAttribute("aria-describedby")}").TextContent.ShouldStartWith("must ");
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
        await DescribeAsync(form);
        Field(form, "Slug").GetAttribute("value").ShouldBe("creme-de-sloe");
        await TypeAsync(form, "CategoryId", "pantry");

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
        Session.SetPolicies(OfficePolicy.View, OfficePolicy.Operate);

        await form.Find("form").SubmitAsync();
        picture.FindComponents<InputFile>().SingleOrDefault()?.UploadFiles(InputFileContent.CreateFromBinary(SomePicture.Of(300, 300), "jam.png"));

        await SaysAsync(form, "alert", "Only a manager may do that. Nothing was changed.");
        (await FindAsync()).ShouldSatisfyAllConditions(p => p.Name.ShouldBe("Bramble Jam"), p => p.PictureHash.ShouldBeNull());
    }

    private List<Category> Categories()
    {
        using var db = Desk.Contexts.CreateDbContext();
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
        (await Desk.Get<GoodsDesk>().SaveAsync(Jam, before.Version, change(draft), "Ivy", Cancellation)).ShouldBeOfType<Editing.Saved>();
        return before;
    }

    private static IElement Field(IRenderedComponent<ProductEditor> form, string field) => form.Find($"#product-{field}");

    /// <summary>Fills in all of a new product but its category.</summary>
    private static async Task DescribeAsync(IRenderedComponent<ProductEditor> form)
    {
        foreach (var (field, text) in new[] { ("Name", "Crème de Sloe"), ("PriceMinor", "21"), ("Bin", "P-99"), ("Line", "Strong."), ("Description", "Very strong."), ("Details", "Volume: 0.5 l") })
        {
            await TypeAsync(form, field, text);
        }
    }

    private static Task TypeAsync(IRenderedComponent<ProductEditor> form, string field, string text) =>
        field == "CategoryId" ? Field(form, field).ChangeAsync(text) : Field(form, field).InputAsync(text);
}
