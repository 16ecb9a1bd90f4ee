using Storefront;
using Storefront.Data;
using Storefront.Web;
using Storefront.Web.Live;
using Storefront.Web.Store;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();

builder.Services.AddStore();
builder.Services.AddLive();
builder.Services.AddStorePages();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();
app.UseStoreHelp();
app.UseAntiforgery();

app.MapStaticAssets();
app.MapLive();
app.MapStoreForms();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

await app.Services.GetRequiredService<StoreStart>().RunAsync(CancellationToken.None);
await app.RunAsync();
