using Storefront.Orders;

namespace Storefront.Web;

/// <summary>What a department is called in the house: the charming name large, the plain one small (<c>Root Cellar — warehouse</c>).</summary>
public sealed record Room(Department Department, string Name, string Plain)
{
    /// <summary>Both names, for a title, a label or a line of text.</summary>
    public override string ToString() => $"{Name} — {Plain}";
}

/// <summary>The rooms behind the counter, in the order in which the goods pass them.</summary>
public static class Rooms
{
    public static IReadOnlyList<Room> All { get; } = [.. OrderTerms.Departments.Select(d => new Room(d, NameOf(d), d.Text()))];

    public static Room Of(Department department) => All[(int)department];

    private static string NameOf(Department department) => department switch
    {
        Department.Sales => "Ledger Room",
        Department.Marketing => "Gossip Tree",
        Department.Warehouse => "Root Cellar",
        Department.Packing => "Wrapping Table",
        Department.Shipping => "Hop Post",
        _ => department.ToString(),
    };
}
