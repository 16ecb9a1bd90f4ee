using Storefront.Orders;

namespace Storefront.Tests.Bench.Seed;

/// <summary>What is left of an order that went its way, and of one that was cancelled at once; times in seconds after it was placed.</summary>
internal static class FinishedOrder
{
    /// <summary>The departments' tasks, by the status the order has in the end.</summary>
    public static IEnumerable<(string Status, Department Department, string State, long? Queued, long? Started, long? Finished, string? Reference)> Tasks()
    {
        foreach (var (department, queued, finished, reference) in new (Department, long, long, string?)[]
        {
            (Department.Sales, 0, 4, "SO-"), (Department.Marketing, 0, 3, null), (Department.Warehouse, 0, 6, "PRINT-"), (Department.Packing, 6, 12, "P-"), (Department.Shipping, 12, 18, "HOP0000"),
        })
        {
            yield return ("shipped", department, "done", queued, queued + 1, finished, reference);
            yield return ("cancelled", department, "cancelled", queued == 0 ? 0 : null, null, null, null);
        }
    }

    /// <summary>What the history says, by the status the order has in the end.</summary>
    public static IEnumerable<(string Status, int Seq, long At, HistoryKind Kind, HistoryData Data)> History()
    {
        (long At, HistoryKind Kind, Department? Department)[] shipped =
        [
            (0, HistoryKind.Placed, null), (3, HistoryKind.Done, Department.Marketing), (4, HistoryKind.Done, Department.Sales),
            (6, HistoryKind.Done, Department.Warehouse), (6, HistoryKind.Picked, null), (12, HistoryKind.Done, Department.Packing), (12, HistoryKind.Packed, null),
            (18, HistoryKind.Done, Department.Shipping), (18, HistoryKind.Shipped, null), (18, HistoryKind.Completed, null),
        ];
        return shipped.Select((entry, i) => ("shipped", i + 1, entry.At, entry.Kind, new HistoryData(entry.Department))).Concat(
        [
            ("cancelled", 1, 0, HistoryKind.Placed, new()), ("cancelled", 2, 5, HistoryKind.Cancelled, new(By: HistoryData.Customer)), ("cancelled", 3, 5, HistoryKind.Completed, new()),
        ]);
    }
}
