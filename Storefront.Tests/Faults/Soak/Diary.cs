using System.Collections.Concurrent;

namespace Storefront.Tests.Faults.Soak;

/// <summary>What was done to the shop, and when: counted by kind, and written line by line into a file.</summary>
internal sealed class Diary(string file, Ledger ledger) : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly StreamWriter _lines = new(file) { AutoFlush = true };
    private readonly Lock _lock = new();

    public string File => file;

    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>A fault has been made.</summary>
    public void Made(string kind)
    {
        ledger.Fault();
        _counts.AddOrUpdate(kind, 1, (_, n) => n + 1);
        Note(kind);
    }

    public void Note(string what)
    {
        lock (_lock)
        {
            _lines.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {what}");
        }
    }

    public void Dispose() => _lines.Dispose();
}
