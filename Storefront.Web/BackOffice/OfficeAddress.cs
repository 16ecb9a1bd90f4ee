using Storefront.Orders;

namespace Storefront.Web.BackOffice;

/// <summary>Addresses inside the back office, so that a number on one page and the list behind it agree.</summary>
public static class OfficeAddress
{
    public const string Orders = "/backoffice/orders";
    public const string Attention = $"{Orders}?attention=true";
    public const string DeadLetters = "/backoffice/dead-letters";

    public static string InRoom(Department department, TaskState state) => $"{Orders}?room={department.Text()}&state={state.Text()}";
}
