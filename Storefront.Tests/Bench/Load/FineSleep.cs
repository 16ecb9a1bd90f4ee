using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Storefront.Tests.Bench.Load;

/// <summary>Sleeps to within some 0.1 ms without burning the processor: .NET's own sleep knows whole milliseconds only.</summary>
internal static class FineSleep
{
    /// <summary>Returns at the time given, as of <see cref="Stopwatch.GetTimestamp"/>, or at once when it is past.</summary>
    public static void Until(long timestamp)
    {
        while (timestamp - Stopwatch.GetTimestamp() is var left and > 0)
        {
            var nanoseconds = (long)(left * (1e9 / Stopwatch.Frequency));
            var length = new Length((nint)(nanoseconds / 1_000_000_000), (nint)(nanoseconds % 1_000_000_000));
            _ = nanosleep(in length, 0);
        }
    }

    [DllImport("libc")]
    private static extern int nanosleep(in Length length, nint rest);

    /// <summary>C's <c>struct timespec</c> where a pointer has 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Length(nint Seconds, nint Nanoseconds);
}
