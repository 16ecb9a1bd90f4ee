namespace Storefront.Tests.Faults;

/// <summary>A node for the tests of one class that harm it, one after the other; between them it runs.</summary>
public sealed class HarmedBroker : IAsyncLifetime
{
    private bool _isDown;

    public PrivateBroker Node { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Node = await PrivateBroker.StartAsync(CancellationToken.None);

    /// <summary>The shop, at this broker.</summary>
    public Task<TestShop> OpenShopAsync(params (string Key, string Value)[] settings) => TestShop.OpenAsync(
        settings.Append(("Broker:Uri", Node.Uri.ToString())).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal));

    /// <summary>Puts it out of action, with <c>kill -9</c> or in an orderly way.</summary>
    public async Task TakeDownAsync(bool orderly)
    {
        _isDown = true;
        if (orderly)
        {
            await Node.StopAsync();
        }
        else
        {
            Node.Kill();
        }
    }

    /// <summary>Starts it again, if it is down.</summary>
    public async Task BringBackAsync(CancellationToken cancellationToken)
    {
        if (_isDown)
        {
            await Node.StartAgainAsync(cancellationToken);
            _isDown = false;
        }
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
