using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

[assembly: Xunit.AssemblyFixture(typeof(Storefront.Tests.Shop.SharedBroker))]

namespace Storefront.Tests.Shop;

/// <summary>
/// One broker node for the tests that do not harm it; each gets a virtual host of its own, so that queues of one name do not meet.
/// Tests that stop or kill their broker start a <see cref="PrivateBroker"/> instead.
/// </summary>
public sealed class SharedBroker : IAsyncLifetime
{
    private readonly HttpClient _management = new();
    private PrivateBroker _broker = null!;
    private int _hosts;

    /// <summary>The management API of all its virtual hosts.</summary>
    public Uri ManagementUri => _broker.ManagementUri;

    public async ValueTask InitializeAsync()
    {
        _broker = await PrivateBroker.StartAsync(management: true, CancellationToken.None);
        _management.BaseAddress = _broker.ManagementUri;
        _management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("guest:guest")));
    }

    /// <summary>The AMQP URI of a new, empty virtual host.</summary>
    public async Task<Uri> NewHostAsync(CancellationToken cancellationToken)
    {
        var name = $"test-{Interlocked.Increment(ref _hosts)}";
        using var created = await _management.PutAsync(new Uri($"api/vhosts/{name}", UriKind.Relative), JsonContent.Create(new { }), cancellationToken);
        created.EnsureSuccessStatusCode();
        return new(_broker.Uri, name);
    }

    public async ValueTask DisposeAsync()
    {
        _management.Dispose();
        await _broker.DisposeAsync();
    }
}
