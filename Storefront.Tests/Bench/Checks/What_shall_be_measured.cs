using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Checks;

public sealed class What_shall_be_measured
{
    private static readonly string Program = typeof(What_shall_be_measured).Assembly.Location;

    [Fact]
    public void Is_everything_beside_the_naive_peer_unless_cases_are_named()
    {
        var all = BenchArguments.Parse(["--shop", Program]);
        (all.Cases.Count, all.Rounds, all.Naive).ShouldBe((18, 3, true));

        var named = BenchArguments.Parse(["post-7", "drain", "--shop", $"old={Program}", "--shop", Program, "--orders", "3"]);
        named.Cases.Select(c => c.Name).ShouldBe(["post-7", "drain"]);
        (named.Rounds, named.Naive).ShouldBe((1, false));
        named.Shops.Select(s => s.Label).ShouldBe(["old", "shop 2"]);
    }

    [Fact]
    public void Is_of_several_processes_where_there_is_a_server()
    {
        var several = BenchArguments.Parse(["work-1", "work-16", "relay", "hot-64", "--database", "both", "--shop", Program]);

        several.Cases.Select(c => (c.Name, c.NeedsServer)).ShouldBe([("work-1", true), ("work-16", true), ("relay", true), ("hot-64", false)]);
    }

    [Theory]
    [InlineData("There is no case 'post-0'", "post-0")]
    [InlineData("There is no case 'nonsense'", "post-1", "nonsense")]
    [InlineData("There is no option --colour", "--colour", "red")]
    [InlineData("--rounds needs a value", "post-1", "--rounds")]
    [InlineData("--seconds must be a number from 0.1 to 3600; it is '-1'", "--seconds", "-1")]
    [InlineData("--set takes Key=value", "--set", "Messaging:QueueType")]
    [InlineData("--database must be sqlite, postgres or both; it is 'mysql'", "--database", "mysql")]
    [InlineData("work-2 needs a database server, and SQLite is a file of one process's own: say --database postgres", "post-1", "work-2")]
    [InlineData("relay needs a database server", "relay")]
    [InlineData("There is no case 'work-0'", "work-0", "--database", "postgres")]
    [InlineData("--shop: there is no file /nowhere/Storefront.Web.dll", "--shop", "/nowhere/Storefront.Web.dll")]
    public void Is_refused_with_a_sentence_when_it_cannot_be(string sentence, params string[] arguments)
    {
        Should.Throw<FormatException>(() => BenchArguments.Parse(["--shop", Program, .. arguments])).Message.ShouldStartWith(sentence);
    }

    [Fact]
    public void Is_reported_as_the_median_with_the_least_and_the_most()
    {
        var rounds = new[] { 5.0, 1, 4, 2 }.Select((value, i) => new Measurement("case", "peer", i, [new("POST/s", value)])).ToList();

        Spread.Of(rounds).ShouldBe([new Spread("POST/s", Median: 3, Min: 1, Max: 5)]);
        Spread.Of([.. rounds.Take(3)]).ShouldBe([new Spread("POST/s", Median: 4, Min: 1, Max: 5)]);
    }
}
