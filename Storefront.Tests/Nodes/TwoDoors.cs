using Storefront.Tests.Faults;

namespace Storefront.Tests.Nodes;

/// <summary>Two web processes of one shop: customers go to the first, and once that is about to go, to the second.</summary>
internal sealed class TwoDoors(HttpClient first, HttpClient second) : IDoor
{
    private volatile int _life = 1;

    public HttpClient Client => _life == 1 ? first : second;

    public bool IsOpen => true;

    public int Life => _life;

    /// <summary>Whoever has not been answered by the first asks the second.</summary>
    public void Change() => _life = 2;

    public Task<bool> IsGoneAsync(int life) => Task.FromResult(life != _life);
}
