using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront.Tests.Shop;

/// <summary>
/// The real shop on a real Kestrel at a free port of 127.0.0.1, with a data folder of its own that goes when the test ends.
/// Unless told otherwise: simulated work takes no time, no rate limit, and no broker answers.
/// </summary>
public sealed class TestShop : IAsyncDisposable
{
    /// <summary>The staff's password in every test shop.</summary>
    public const string StaffPassword = "carrots-at-dawn-42";

    /// <summary>An address at which nothing listens, so that a connection is refused at once.</summary>
    public const string NoBroker = "amqp://guest:guest@127.0.0.1:1";

    private readonly Factory _factory;
    private readonly string? _ownFolder;

    private TestShop(Factory factory, string? ownFolder)
    {
        _factory = factory;
        _ownFolder = ownFolder;
        Client = NewClient();
    }

    /// <summary>Where the shop answers, with a closing slash.</summary>
    public Uri Address => _factory.ClientOptions.BaseAddress;

    /// <summary>A client that keeps cookies and does not follow redirects.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _factory.Services;

    /// <summary>The folder of database, keys and spool.</summary>
    public string DataFolder => Services.GetRequiredService<IOptions<DataOptions>>().Value.Folder;

    /// <summary>What the shop logged (information and up; ASP.NET Core and EF Core from warnings up); also written to the test's output when the shop closes.</summary>
    public string Log => _factory.Log.Text;

    /// <summary>Opens a shop. It answers requests when this returns.</summary>
    /// <param name="settings">
    /// Settings as in appsettings.json, keys with colons; they win over the tests' defaults. A given <c>Data:Folder</c> is kept at the end. The database
    /// is the one that the tests run on, unless <c>Database:Provider</c> or <c>ConnectionStrings:Store</c> is given.
    /// </param>
    /// <param name="services">Services to put in place of the shop's own, a clock for example.</param>
    public static async Task<TestShop> OpenAsync(IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    {
        var ownFolder = settings?.ContainsKey("Data:Folder") == true ? null : Directory.CreateTempSubdirectory("storefront-test-").FullName;
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Simulation:TimeScale"] = "0",
            ["RateLimit:OrdersPerMinute"] = "0",
            ["RateLimit:LookupsPerMinute"] = "0",
            ["RateLimit:AccountTriesPerMinute"] = "0",
            ["Broker:Uri"] = NoBroker,
            ["Staff:Password"] = StaffPassword,
        };
        if (ownFolder is not null)
        {
            all["Data:Folder"] = ownFolder;
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            all[key] = value;
        }

        if (!TestDatabase.IsGiven(all.Keys))
        {
            foreach (var (key, value) in await TestDatabase.SettingsAsync(all["Data:Folder"]))
            {
                all[key] = value;
            }
        }

        var factory = new Factory(all, services);
        try
        {
            factory.UseKestrel(0);
            // Starting waits for the program's own start (migrations, opening stock), which would block the test's thread.
            await Task.Run(factory.StartServer);
            return new TestShop(factory, ownFolder);
        }
        catch
        {
            await CloseAsync(factory, ownFolder);
            throw;
        }
    }

    /// <summary>Another client with cookies of its own: another browser, so to say.</summary>
    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = Address };

    /// <summary>The database, for looking only; dispose of it.</summary>
    public StoreDb OpenDatabase() => Services.GetRequiredService<IDbContextFactory<StoreDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine(Log);
        await using (var db = OpenDatabase())
        {
            if (db.Database.GetDbConnection() is SqliteConnection file)
            {
                // The pool would keep the deleted database's files open for the rest of the run.
                SqliteConnection.ClearPool(file);
            }
        }

        await CloseAsync(_factory, _ownFolder);
    }

    private static async Task CloseAsync(Factory factory, string? ownFolder)
    {
        try
        {
            await factory.DisposeAsync();
        }
        finally
        {
            if (ownFolder is not null)
            {
                Directory.Delete(ownFolder, recursive: true);
                await TestDatabase.ForgetAsync(ownFolder);
            }
        }
    }

    private sealed class Factory(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? services) : WebApplicationFactory<Program>
    {
        public KeptLog Log { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // What customers meet, but with the container checked as in development.
            builder.UseEnvironment("Production");
            builder.UseDefaultServiceProvider(provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
            // UseSetting reaches the program as command-line arguments, so it is there from the first line on.
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
            builder.ConfigureTestServices(all =>
            {
                // A tenth of a second for every password, in every shop, is of use against thieves only.
                all.PostConfigure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1_000);
                services?.Invoke(all);
            });
        }
    }
}
