namespace Storefront.Tests.Shop;

/// <summary>
/// Writes down how soon the shop did something that it promises to do soon. Figures only: on a busy machine they say more of the machine than of the shop,
/// so a test fails when something does not happen at all (<see cref="Watching.Bound"/>), and speed is measured by <c>./bench.sh</c>.
/// </summary>
internal static class Promptness
{
    /// <summary>A line in the test's output; says so when it was later than promised.</summary>
    public static void Note(string what, TimeSpan took, TimeSpan promised) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{what} after {took.TotalSeconds:0.00} s; promised within {promised.TotalSeconds:0.##} s{(took > promised ? " (late)" : "")}");
}
