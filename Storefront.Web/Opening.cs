using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.Store.Accounts;

namespace Storefront.Web;

/// <summary>How the shop opens: settings, database and secret first, its doors last.</summary>
public static class Opening
{
    /// <summary>Who would log a failing start with its stack, and from which level on they are heard at all.</summary>
    private static readonly (string Category, LogLevel Least)[] Talkative =
    [
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Information),
        ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning),
        ("Microsoft.EntityFrameworkCore", LogLevel.Warning),
    ];

    /// <summary>Opens the shop and keeps it open until it is told to stop.</summary>
    public static async Task OpenAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await app.Services.GetRequiredService<StoreStart>().RunAsync(CancellationToken.None);
        await app.Services.GetRequiredService<StaffStart>().RunAsync(CancellationToken.None);
        await app.Services.GetRequiredService<AccountsStart>().RunAsync(CancellationToken.None);
        app.Services.GetRequiredService<OrderKeys>();
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<Door>().Open);
        await app.RunAsync();
    }

    /// <summary>
    /// Until the doors are open, host, server and database do not log their failures: the program tells them in one line (<see cref="StartFault"/>)
    /// or dies with the exception; a stack trace before that line would hide it.
    /// </summary>
    public static void AddOpening(this WebApplicationBuilder builder)
    {
        var door = new Door();
        builder.Services.AddSingleton(door);
        foreach (var (category, least) in Talkative)
        {
            builder.Logging.AddFilter(category, level => level >= least && (door.IsOpen || level < LogLevel.Error));
        }
    }

    private sealed class Door
    {
        private volatile bool _isOpen;

        public bool IsOpen => _isOpen;

        public void Open() => _isOpen = true;
    }
}
