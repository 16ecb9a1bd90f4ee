namespace Storefront.Catalog;

/// <summary>
/// Who in this process wants to know that the staff has changed goods. Other processes are told nothing: what they show of the goods is never older than some
/// seconds anyway. Handlers are called after the commit, on the writer's thread: they must only note it and return.
/// </summary>
public sealed class GoodsNews
{
    private readonly Listeners<int> _listeners = new();

    /// <summary>Listens, to the ids of products, until the returned subscription is disposed.</summary>
    public IDisposable Listen(Action<int> listener) => _listeners.Add(listener);

    internal void Publish(int productId) => _listeners.Tell(productId);
}
