using Storefront;
using Storefront.Data;
using Storefront.Web;
using Storefront.Web.Account;
using Storefront.Web.BackOffice;
using Storefront.Web.Live;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();

builder.Services.AddStore();
builder.Services.AddLive();
builder.Services.AddAccount();
builder.Services.AddBackOffice();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseAntiforgery();

app.MapStaticAssets();
app.MapLive();
app.MapAccount();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

await app.Services.GetRequiredService<StoreStart>().RunAsync(CancellationToken.None);
await app.RunAsync();
