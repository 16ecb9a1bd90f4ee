namespace Storefront.Messaging.Outbox;

/// <summary>The relay's place, while one has it.</summary>
/// <param name="givenBack">Called when it is not needed any more.</param>
public sealed class RelayPlace(Action<RelayPlace> givenBack) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();

    /// <summary>Cancelled when another process may have the place from now on.</summary>
    public CancellationToken Lost => _lost.Token;

    public void Dispose()
    {
        givenBack(this);
        _lost.Dispose();
    }

    internal void Lose()
    {
        try
        {
            _lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Given back in the same moment.
        }
    }
}
