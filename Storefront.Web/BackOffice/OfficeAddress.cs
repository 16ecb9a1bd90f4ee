using Storefront.Messaging.DeadLetters;
using Storefront.Orders;

namespace Storefront.Web.BackOffice;

/// <summary>Addresses inside the back office, so that a number on one page and the list behind it agree.</summary>
public static class OfficeAddress
{
    public const string Orders = "/backoffice/orders";
    public const string OrdersCsv = "/backoffice/orders.csv";
    public const string Attention = $"{Orders}?attention=true";
    public const string DeadLetters = "/backoffice/dead-letters";

    /// <summary>One order's page.</summary>
    public static string Order(OrderNumber number) => $"{Orders}/{number}";

    /// <summary>An order's pick list, as a PDF.</summary>
    public static string PickList(OrderNumber number) => $"{Orders}/{number}/pick-list.pdf";

    /// <summary>The dead letters in one state, by cause.</summary>
    public static string LettersIn(DeadLetterState state) => state == DeadLetterState.Waiting ? DeadLetters : $"{DeadLetters}?state={state.Text()}";

    /// <summary>Those in one state that are of the same cause at the same queue as a letter.</summary>
    public static string LettersLike(long letter, DeadLetterState state) => $"{DeadLetters}/like/{letter}{(state == DeadLetterState.Waiting ? "" : $"?state={state.Text()}")}";

    public static string InRoom(Department department, TaskState state) => $"{Orders}?room={department.Text()}&state={state.Text()}";
}
