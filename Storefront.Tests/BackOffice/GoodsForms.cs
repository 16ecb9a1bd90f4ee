using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor.Services;
using Storefront.Catalog;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Pages.Products.Pictures;
using Storefront.Web.BackOffice.Pages.Products.Stock;
using Storefront.Web.BackOffice.Parts;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

/// <summary>What the tests of the goods' forms stand on: the real database, a manager, and no browser.</summary>
public abstract class GoodsForms : BunitContext, IAsyncLifetime
{
    protected const int Jam = 1;

    protected OfficeDesk Desk { get; private set; } = null!;

    protected BunitAuthorizationContext Session { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Desk = await OfficeDesk.OpenAsync();
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Desk.Clock);
        Services.AddSingleton(Desk.Get<GoodsDesk>()).AddSingleton(Desk.Get<StockDesk>()).AddSingleton(Desk.Get<IOptions<ShopOptions>>());
        Services.AddSingleton(new PictureStudio(Desk.Clock)).AddSingleton(new StockBook(Desk.Contexts)).AddScoped<StaffPermit>().AddScoped<StaffActs>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Session = AddAuthorization();
        Session.SetAuthorized("Holly").SetPolicies(OfficePolicy.View, OfficePolicy.Operate, OfficePolicy.Manage);
        SetRendererInfo(new("Server", isInteractive: true));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await Desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Product Shown
    {
        get
        {
            using var db = Desk.Contexts.CreateDbContext();
            return db.Products.AsNoTracking().Single(p => p.Id == Jam);
        }
    }

    protected async Task<Product> FindAsync(int id = Jam)
    {
        await using var db = await Desk.Contexts.CreateDbContextAsync(Cancellation);
        return await db.Products.AsNoTracking().SingleAsync(p => p.Id == id, Cancellation);
    }

    protected static IElement Button<T>(IRenderedComponent<T> on, string name) where T : Microsoft.AspNetCore.Components.IComponent => on.FindAll("button").First(b => b.TextContent.Trim() == name);

    protected static Task SaysAsync<T>(IRenderedComponent<T> on, string role, string what) where T : Microsoft.AspNetCore.Components.IComponent =>
        on.WaitForAssertionAsync(() => on.Find($"p[role={role}]").TextContent.ShouldBe(what), Watching.Bound);
}
