namespace Storefront.Data;

/// <summary>More customers wait for the database than it can serve in reasonable time; whoever gets this may come back shortly.</summary>
public sealed class StoreOverloadedException() : Exception("More orders are coming in than the shop can write down at the moment.")
{
    /// <summary>After which trying again makes sense.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
}
