namespace Storefront.Tests.Faults;

/// <summary>The shop as its customers find it.</summary>
internal interface IDoor
{
    HttpClient Client { get; }

    /// <summary>Open: whoever asks now has to be answered.</summary>
    bool IsOpen { get; }

    /// <summary>Which of the shop's processes, one after the other, stands behind it.</summary>
    int Life { get; }

    /// <summary>Whether that process has ended, or ends in this moment; then no answer from it is no fault.</summary>
    Task<bool> IsGoneAsync(int life);
}

/// <summary>A shop that is not going to close: every request must be answered.</summary>
internal sealed class OpenDoor(HttpClient client) : IDoor
{
    public HttpClient Client => client;

    public bool IsOpen => true;

    public int Life => 1;

    public Task<bool> IsGoneAsync(int life) => Task.FromResult(false);
}
