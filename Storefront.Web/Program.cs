using Storefront;
using Storefront.Web;
using Storefront.Web.Account;
using Storefront.Web.Api;
using Storefront.Web.BackOffice;
using Storefront.Web.Live;
using Storefront.Web.Passkeys;
using Storefront.Web.Store;
using Storefront.Web.Store.Accounts;
using Storefront.Web.Store.Crawlers;
using Storefront.Web.Store.Goods;
using Storefront.Web.Store.Speech;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.WebHost.UseStaticWebAssets();
    builder.AddOpening();

    builder.Services.AddStore();
    if (builder.Configuration.GetValue("Workers:CoHosted", defaultValue: true))
    {
        builder.Services.AddBackRoom();
    }

    builder.Services.AddApi();
    builder.Services.AddLive();
    builder.Services.AddStorePages();
    builder.Services.AddPasskeys();
    builder.Services.AddAccount();
    builder.Services.AddCustomerAccounts();
    builder.Services.AddBackOffice();
    builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    builder.Services.AddBroker();

    await using var app = builder.Build();
    app.UseStoreHelp();
    app.UseCustomersLanguage();
    app.UsePersonalPages();
    app.UseCompressedPages();
    app.UseCustomerAccounts();
    app.UseApiErrors();
    app.UseOrderPace();
    app.UseReadableForms();
    app.UseAntiforgery();

    app.MapStaticAssets();
    app.MapApi();
    app.MapLive();
    app.MapStoreForms();
    app.MapStoreParts();
    app.MapCrawlerPages();
    app.MapPictureFiles();
    app.MapAccount();
    app.MapBackOffice();
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

    await app.OpenAsync();
    return 0;
}
catch (Exception e) when (StartFault.Explain(e) is { } fault)
{
    await Console.Error.WriteLineAsync($"Storefront cannot start: {fault}");
    return 1;
}
