using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Web;

/// <summary>How the shop opens: settings, secret and database first, its doors last.</summary>
public static class Opening
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>Opens the shop and keeps it open until it is told to stop.</summary>
    public static async Task OpenAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.Services.GetRequiredService<OrderKeys>();
        await app.Services.GetRequiredService<StoreStart>().RunAsync(CancellationToken.None);
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<Door>().Open);
        await app.RunAsync();
    }

    /// <summary>
    /// Until the doors are open, host and server do not log their failures: the program tells them in one line (<see cref="StartFault"/>)
    /// or dies with the exception; a stack trace before that line would hide it.
    /// </summary>
    public static void AddOpening(this WebApplicationBuilder builder)
    {
        var door = new Door();
        builder.Services.AddSingleton(door);
        builder.Logging.AddFilter(Host, level => level >= LogLevel.Information && (door.IsOpen || level < LogLevel.Error));
        builder.Logging.AddFilter(Kestrel, level => level >= LogLevel.Warning && (door.IsOpen || level < LogLevel.Error));
    }

    private sealed class Door
    {
        private volatile bool _isOpen;

        public bool IsOpen => _isOpen;

        public void Open() => _isOpen = true;
    }
}
