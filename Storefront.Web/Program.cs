using Storefront;
using Storefront.Data;
using Storefront.Web;
using Storefront.Web.Live;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();

builder.Services.AddStore();
if (builder.Configuration.GetValue("Workers:CoHosted", defaultValue: true))
{
    builder.Services.AddBackRoom();
}

builder.Services.AddLive();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

builder.Services.AddBroker();

var app = builder.Build();
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseAntiforgery();

app.MapStaticAssets();
app.MapLive();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

await app.Services.GetRequiredService<StoreStart>().RunAsync(CancellationToken.None);
await app.RunAsync();
