using System.Collections.Concurrent;

namespace Storefront;

/// <summary>Those in this process who want to hear of something. They are called on the teller's thread, one after the other: they must only note it and return.</summary>
/// <typeparam name="T">What they are told.</typeparam>
public sealed class Listeners<T>
{
    private readonly ConcurrentDictionary<object, Action<T>> _all = new();

    /// <summary>Nobody listens.</summary>
    public bool IsEmpty => _all.IsEmpty;

    /// <summary>Calls <paramref name="listener"/> from now on, until the returned subscription is disposed.</summary>
    public IDisposable Add(Action<T> listener)
    {
        var key = new object();
        _all[key] = listener;
        return new Subscription(() => _all.TryRemove(key, out _));
    }

    /// <summary>Tells everybody.</summary>
    public void Tell(T news)
    {
        foreach (var (_, listener) in _all)
        {
            listener(news);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
