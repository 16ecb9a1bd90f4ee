using Storefront.Messaging.DeadLetters;
using Storefront.Orders;

namespace Storefront.Web.BackOffice;

/// <summary>Addresses inside the back office, so that a number on one page and the list behind it agree.</summary>
public static class OfficeAddress
{
    public const string Orders = "/backoffice/orders";
    public const string OrdersCsv = "/backoffice/orders.csv";
    public const string Attention = $"{Orders}?attention=true";
    public const string Products = "/backoffice/products";
    public const string NewProduct = $"{Products}/new";
    public const string DeadLetters = "/backoffice/dead-letters";
    public const string Queues = "/backoffice/queues";
    public const string Simulation = "/backoffice/simulation";

    public static string Product(int id) => $"{Products}/{id}";

    /// <summary>One order's page.</summary>
    public static string Order(OrderNumber number) => $"{Orders}/{number}";

    public const string Staff = "/backoffice/staff";
    public const string Me = "/backoffice/me";
    public const string Audit = "/backoffice/audit";

    /// <summary>A member of the staff.</summary>
    public static string Member(Guid id) => $"{Staff}/{id}";

    public const string Marketing = "/backoffice/marketing";
    public const string Warehouse = "/backoffice/warehouse";
    public const string Packing = $"{Warehouse}/packing";

    /// <summary>The goods of which few are left.</summary>
    public const string RunningOut = $"{Products}?low=true";

    /// <summary>The orders that came as far as this.</summary>
    public static string InStatus(OrderStatus status) => $"{Orders}?status={status.Text()}";

    /// <summary>The dead letters in one state, by cause.</summary>
    public static string LettersIn(DeadLetterState state) => state == DeadLetterState.Waiting ? DeadLetters : $"{DeadLetters}?state={state.Text()}";

    /// <summary>Those in one state that are of the same cause at the same queue as a letter.</summary>
    public static string LettersLike(long letter, DeadLetterState state) => $"{DeadLetters}/like/{letter}{(state == DeadLetterState.Waiting ? "" : $"?state={state.Text()}")}";

    public static string InRoom(Department department, TaskState state) => $"{Orders}?room={department.Text()}&state={state.Text()}";
}
