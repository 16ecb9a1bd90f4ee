namespace Storefront.Web.BackOffice.Feed;

/// <summary>A count that stops counting: beyond <see cref="Max"/> it only matters that there are many, and counting on would make the page slow.</summary>
public readonly record struct Capped(int Count)
{
    public const int Max = 10_000;

    /// <summary>How many rows a query has to look at to tell: <c>.Take(Capped.Probe).Count()</c>.</summary>
    public const int Probe = Max + 1;

    public bool IsMore => Count > Max;

    public override string ToString() => IsMore ? $"{Max:N0}+" : Count.ToString("N0");
}
