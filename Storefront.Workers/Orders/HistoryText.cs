namespace Storefront.Orders;

/// <summary>The English wording of what happened to an order.</summary>
public static class HistoryText
{
    public static string English(HistoryEntry entry) => (entry.Kind, entry.Data.Department) switch
    {
        (HistoryKind.Placed, _) => "Order placed",
        (HistoryKind.Adopted, _) => "Order taken over from another system",
        (HistoryKind.Done, Department.Sales) => "Sales booked the order",
        (HistoryKind.Done, Department.Marketing) => "Marketing counted the order",
        (HistoryKind.Done, Department.Warehouse) => "The warehouse printed the pick list",
        (HistoryKind.Done, Department.Packing) => "Packing wrapped the goods",
        (HistoryKind.Done, Department.Shipping) => "Shipping handed the parcel over",
        (HistoryKind.Picked, _) => "Goods picked",
        (HistoryKind.Packed, _) => "Parcel packed",
        (HistoryKind.Shipped, _) => "Parcel on its way",
        (HistoryKind.Retrying, { } department) => $"{department} takes longer than usual; another attempt follows (attempt {entry.Data.Attempt} did not work out)",
        (HistoryKind.Failed, { } department) => $"{department} needs a hand; the staff has been told",
        (HistoryKind.Completed, _) => "Everything is done",
        (HistoryKind.Cancelled, _) => entry.Data.By == HistoryData.Customer ? "Order cancelled by the customer" : "Order cancelled by the shop",
        (HistoryKind.Undone, Department.Sales) => "Sales took the booking back",
        (HistoryKind.Undone, Department.Marketing) => "Marketing took the order out of its counts",
        (HistoryKind.Undone, Department.Warehouse) => "The warehouse withdrew the pick list",
        (HistoryKind.Replayed, { } department) => $"{department} takes it up again",
        (HistoryKind.Resolved, { } department) => $"{department}: the staff saw to it by hand",
        (HistoryKind.Reminded, { } department) => $"{department} was asked once more",
        (HistoryKind.SetGoing, _) => "The order had come to a stop; it was set going again",
        _ => entry.Kind.Text(),
    };
}
