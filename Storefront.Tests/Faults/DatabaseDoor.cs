namespace Storefront.Tests.Faults;

/// <summary>The door of a shop whose database comes and goes: while it is away, nobody is promised an order.</summary>
internal sealed class DatabaseDoor(HttpClient client) : IDoor
{
    private volatile int _life = 1;
    private volatile bool _isOpen = true;

    public HttpClient Client => client;

    public bool IsOpen => _isOpen;

    public int Life => _life;

    /// <summary>The database is about to go.</summary>
    public void Closes()
    {
        _isOpen = false;
        Interlocked.Increment(ref _life);
    }

    /// <summary>It is there again.</summary>
    public void Opens() => _isOpen = true;

    public Task<bool> IsGoneAsync(int life) => Task.FromResult(life != _life || !_isOpen);
}
