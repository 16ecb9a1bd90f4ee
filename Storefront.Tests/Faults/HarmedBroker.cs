
namespace Storefront.Tests.Faults;

/// <summary>A node for the tests of one class that harm it, one after the other; between them it runs.</summary>
public sealed class HarmedBroker : IAsyncLifetime
{
    private static readonly string[] Queues = ["orders", "shop.dead", "shop.sales", "shop.marketing", "shop.warehouse", "shop.packing", "shop.shipping"];

    private bool _isDown;

    public PrivateBroker Node { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Node = await PrivateBroker.StartAsync(CancellationToken.None);

    /// <summary>The shop, at this broker unless told otherwise.</summary>
    public Task<TestShop> OpenShopAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = Node.Uri.ToString(), ["Catalog:OpeningStock"] = "1000000" };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return TestShop.OpenAsync(all);
    }

    /// <summary>
    /// Up and empty for the next test. (What the last one acked in its last moments may be there again after a <c>kill -9</c>: the broker writes
    /// acks down a little later.)
    /// </summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        await BringBackAsync(cancellationToken);
        await using var connection = await Connecting.ToAsync(Node.Uri, "cleaner", cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        foreach (var queue in Queues)
        {
            await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken);
        }
    }

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
