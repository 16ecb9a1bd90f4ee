namespace Storefront.Orders;

/// <summary>
/// What is still to be done, of all orders. It has an index of its own, which stays small however many orders are kept; a database only uses it for
/// a query whose condition it recognises, so both stand here, word for word.
/// </summary>
public static class UnfinishedWork
{
    public const string Sql = "state IN ('waiting', 'working', 'retrying', 'failed')";

    /// <summary>Tasks that are neither done nor cancelled.</summary>
    public static IQueryable<OrderTask> Unfinished(this IQueryable<OrderTask> tasks) =>
        tasks.Where(t => t.State == TaskState.Waiting || t.State == TaskState.Working || t.State == TaskState.Retrying || t.State == TaskState.Failed);

    /// <summary>Those of them in one state. (Said as a constant, EF Core would merge it with the condition, and the index would not be recognised.)</summary>
    public static IQueryable<OrderTask> Unfinished(this IQueryable<OrderTask> tasks, TaskState state) => tasks.Unfinished().Where(t => t.State == state);
}
