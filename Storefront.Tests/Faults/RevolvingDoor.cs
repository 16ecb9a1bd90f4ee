namespace Storefront.Tests.Faults;

/// <summary>The door of a shop whose processes come and go.</summary>
internal sealed class RevolvingDoor : IDoor
{
    /// <summary>A process that broke a connection off has ended well within that, on a busy machine too; one that lives has broken a promise.</summary>
    private static readonly TimeSpan DeathThroes = TimeSpan.FromSeconds(30);
    private static readonly Behind Nothing = new(new HttpClient { BaseAddress = new("http://127.0.0.1:1") }, 0, Task.CompletedTask);

    private volatile Behind _behind = Nothing;

    public HttpClient Client => _behind.Client;

    public bool IsOpen => !_behind.Ended.IsCompleted;

    public int Life => _behind.Life;

    /// <summary>A process stands behind it, until it ends.</summary>
    public void Opens(Uri address, Task ended) =>
        _behind = new(_behind.Client.BaseAddress == address ? _behind.Client : new HttpClient { BaseAddress = address }, _behind.Life + 1, ended);

    /// <summary>The process is about to be ended: nobody is promised an answer any more.</summary>
    public void Closes() => _behind = _behind with { Ended = Task.CompletedTask };

    public async Task<bool> IsGoneAsync(int life)
    {
        var now = _behind;
        return now.Life != life || await Task.WhenAny(now.Ended, Task.Delay(DeathThroes)) == now.Ended || !IsOpen;
    }

    private sealed record Behind(HttpClient Client, int Life, Task Ended);
}
