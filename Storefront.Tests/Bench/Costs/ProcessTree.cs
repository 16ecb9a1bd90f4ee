using System.Globalization;

namespace Storefront.Tests.Bench.Costs;

/// <summary>What a process and its descendants have used, from <c>/proc</c>; nothing on systems that have none.</summary>
internal static class ProcessTree
{
    /// <summary>Linux tells times to programs in hundredths of a second, whatever its own clock.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>CPU-seconds, user and system, of all threads of a process and its descendants, those included that have ended; not a number if unknown.</summary>
    public static double CpuSeconds(int process)
    {
        if (!Directory.Exists("/proc/self"))
        {
            return double.NaN;
        }

        var parents = All().ToList();
        var tree = new HashSet<int> { process };
        while (parents.FindAll(p => tree.Contains(p.Parent) && !tree.Contains(p.Id)) is { Count: > 0 } children)
        {
            tree.UnionWith(children.Select(c => c.Id));
        }

        return parents.Where(p => tree.Contains(p.Id)).Sum(p => p.Ticks) / TicksPerSecond;
    }

    /// <summary>Seconds that this machine's processors have had nothing to do, all of them together; not a number if unknown.</summary>
    public static double IdleSeconds() => File.Exists("/proc/stat") && File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var idle, ..]
        ? long.Parse(idle, CultureInfo.InvariantCulture) / TicksPerSecond : double.NaN;

    /// <summary>The most memory the process has had in use at a time, in MB (VmHWM); not a number if unknown.</summary>
    public static double PeakMegabytes(int process) => StatusOf(process, "VmHWM:");

    /// <summary>The memory the process has in use, in MB (VmRSS); not a number if unknown.</summary>
    public static double Megabytes(int process) => StatusOf(process, "VmRSS:");

    /// <summary>From here on, <see cref="PeakMegabytes"/> counts anew.</summary>
    public static void ForgetPeak(int process)
    {
        if (File.Exists($"/proc/{process}/clear_refs"))
        {
            File.WriteAllText($"/proc/{process}/clear_refs", "5");
        }
    }

    private static double StatusOf(int process, string field)
    {
        var file = $"/proc/{process}/status";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal)) : null;
        return line is null ? double.NaN : double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    private static IEnumerable<(int Id, int Parent, long Ticks)> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && Read($"{folder}/stat") is { } stat)
            {
                // The program's name stands in brackets and may hold anything; the fields behind it are numbered from 3 (man 5 proc).
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                yield return (id, int.Parse(fields[1]), fields[11..15].Sum(long.Parse));
            }
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }
}
