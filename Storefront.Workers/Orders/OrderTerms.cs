namespace Storefront.Orders;

/// <summary>How far the goods have come. It only moves forward, one step at a time; <see cref="Cancelled"/> ends it.</summary>
public enum OrderStatus { Placed, Picked, Packed, Shipped, Cancelled }

/// <summary>The rooms behind the counter. Their lower-case names stand in queue names, in the API and in the database.</summary>
public enum Department { Sales, Marketing, Warehouse, Packing, Shipping }

/// <summary>What a department is asked for: its work, or the compensation after a cancel.</summary>
public enum TaskAction { Do, Undo }

/// <summary>Where one department's work on one order stands.</summary>
public enum TaskState { Waiting, Working, Retrying, Done, Failed, Cancelled }

/// <summary>What happened to an order, as its history says it.</summary>
public enum HistoryKind { Placed, Adopted, Done, Picked, Packed, Shipped, Retrying, Failed, Completed, Cancelled, Undone, Replayed, SetGoing, Resolved, Reminded }

/// <summary>Which of an order's tasks: a department's work, or the undoing of it after a cancel.</summary>
public readonly record struct TaskName(Department Department, TaskAction Action)
{
    /// <summary>A department alone means its work.</summary>
    public static implicit operator TaskName(Department department) => new(department, TaskAction.Do);

    /// <summary>As it stands in messages and logs: <c>sales</c>, or <c>sales:undo</c>.</summary>
    public override string ToString() => Action == TaskAction.Do ? Department.Text() : $"{Department.Text()}:{Action.Text()}";
}

/// <summary>Texts of the terms as they stand outside the code.</summary>
public static class OrderTerms
{
    /// <summary>What an order is called where it is written down who did what (<see cref="Auditing.AuditLog"/>).</summary>
    public static string SubjectOf(OrderNumber number) => $"order {number}";

    /// <summary>All departments, in the order in which the goods pass them.</summary>
    public static IReadOnlyList<Department> Departments { get; } = Enum.GetValues<Department>();

    /// <summary>The lower-case name used in queues, JSON and the database.</summary>
    public static string Text<T>(this T term) where T : struct, Enum => Names<T>.Lower[term];

    /// <summary>The term that a lower-case name stands for.</summary>
    /// <exception cref="KeyNotFoundException">It is none.</exception>
    public static T Of<T>(string text) where T : struct, Enum => Names<T>.Terms[text];

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Lower = Enum.GetValues<T>().ToDictionary(t => t, t => t.ToString().ToLowerInvariant());
        public static readonly Dictionary<string, T> Terms = Lower.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
