using System.Security.Cryptography;
using System.Text;
using Storefront.Orders;

namespace Storefront.Departments.Shipping;

/// <summary>The Hop Post: hands the parcel to a simulated carrier.</summary>
public sealed class ShippingDepartment(SimulatedWork work, NeighbourBook book) : IDepartment
{
    public Department Name => Department.Shipping;

    public async Task<WorkDone> WorkAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Shipping, cancellationToken);
        return new(work.Do(Department.Shipping, () => book.Ask("carrier", job.Key, _ => TrackingNumber(job.Key))));
    }

    /// <summary>Derived from the key, so that asking twice cannot give two numbers.</summary>
    public static string TrackingNumber(string key) => "HOP" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 6));
}
