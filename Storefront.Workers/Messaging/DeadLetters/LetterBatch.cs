namespace Storefront.Messaging.DeadLetters;

/// <summary>A letter and how large its body is, in bytes.</summary>
internal sealed record LetterSize(long Id, int Bytes);

/// <summary>Letters in portions for one commit each: not so many that orders would wait for it, not so large that they would fill the memory.</summary>
internal static class LetterBatch
{
    public const int MaxLetters = 500;
    public const int MaxBytes = 8 * 1024 * 1024;

    public static IEnumerable<IReadOnlyList<long>> Of(IEnumerable<LetterSize> letters)
    {
        var (batch, bytes) = (new List<long>(), 0L);
        foreach (var letter in letters)
        {
            if (batch.Count == MaxLetters || (batch.Count > 0 && bytes + letter.Bytes > MaxBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(letter.Id);
            bytes += letter.Bytes;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
