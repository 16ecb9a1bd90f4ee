using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Data;
using Storefront.Departments.Sales;
using Storefront.Messaging.DeadLetters;
using static Storefront.Tests.Messaging.Letters;

namespace Storefront.Tests.Messaging;

/// <summary>Beside a shop that runs.</summary>
public sealed class Letters_on_the_command_line(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_listed_by_cause_then_one_by_one()
    {
        await using var shop = await TestShop.OpenAsync();
        await DieAsync(shop, Letter("no answer"), Letter("answered 503"), Letter("answered\u001b[31m 504", messageId: null));

        var (code, output, _) = await shop.LettersAsync("list");
        code.ShouldBe(0);
        Table(output).ShouldBe(
        [
            ["GROUP", "COUNT", "OLDEST", "NEWEST", "QUEUE", "CAUSE"],
            ["1", "1", "2026-11-23 11:00:00Z", "2026-11-23 11:00:00Z", "shop.sales", "no answer"],
            ["2", "1", "2026-11-23 11:00:00Z", "2026-11-23 11:00:00Z", "shop.sales", "answered …"],
            ["3", "1", "2026-11-23 11:00:00Z", "2026-11-23 11:00:00Z", "shop.sales", "answered […m …"],
        ]);

        (_, output, _) = await shop.LettersAsync("list", "--group", "2");
        Table(output).ShouldBe([["ID", "DIED", "ATTEMPTS", "TYPE", "ORDER", "REASON"], ["2", "2026-11-23 11:00:00Z", "5", "order.accepted.v1", "7Q4M-X0ZB-K2TD", "answered 503"]]);
        (_, output, _) = await shop.LettersAsync("list", "--state", "discarded");
        output.Trim().ShouldBe("No letters are discarded.");
    }

    [Fact]
    public async Task Are_shown_with_all_that_is_known_of_them()
    {
        await using var shop = await TestShop.OpenAsync();
        await DieAsync(shop, Letter("no answer", headers: """{"colour":"green"}"""));
        (await shop.LettersAsync("discard", "1", "--reason", "a test order", "--by", "anna")).ShouldBe((0, $"1 letter discarded.{Environment.NewLine}", ""));

        var (code, output, _) = await shop.LettersAsync("show", "1");

        code.ShouldBe(0);
        foreach (var expected in new[]
        {
            "State       discarded", "Queue       shop.sales", "Message id  m-1", "Order       7Q4M-X0ZB-K2TD", "letter 1 died: no answer", "letter 1 discarded by anna: a test order",
            "Body, 2 bytes:", "\"colour\": \"green\"",
        })
        {
            output.ShouldContain(expected);
        }
    }

    [Fact]
    public async Task Are_replayed_by_a_shop_that_runs_at_once()
    {
        // The clock stands still once the letter is there, so that the outbox is not swept: were the bell not heard, nobody would send. (It is ahead of the
        // command's: what that writes is due.)
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(1));
        await using var shop = await TestShop.OpenAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = (await broker.NewHostAsync(Cancellation)).ToString(), ["Messaging:RetryDelays"] = "1ms,1ms,1ms,1ms" },
            services => services.AddSingleton<ISalesSystem, MoodySales>().AddSingleton<TimeProvider>(clock));
        var number = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("sales have given up", async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return (await shop.FindAsync(number)).NeedsAttention;
        }, Cancellation);
        await shop.DeadLettersAsync(1, Cancellation);
        await shop.OutboxEmptyAsync();
        shop.Recovers();

        var (code, output, _) = await shop.LettersAsync("replay", "--all", "--by", "anna");

        (code, output).ShouldBe((0, $"1 letter replayed.{Environment.NewLine}The shop sends them now.{Environment.NewLine}"));
        await shop.DoneAsync(number, Cancellation);
        await shop.BalancesAsync([number], Cancellation);
        await using var db = shop.OpenDatabase();
        (await db.DeadLetterActions.SingleAsync(Cancellation)).By.ShouldBe("anna");
    }

    [Fact]
    public async Task Wait_for_the_shop_when_the_broker_is_away()
    {
        await using var shop = await TestShop.OpenAsync();
        await DieAsync(shop, Letter(), Letter(queue: "shop.packing"));

        var (code, output, _) = await shop.LettersAsync("replay", "--group", "2");

        code.ShouldBe(0);
        output.ShouldStartWith("1 letter replayed.");
        output.ShouldContain("the broker cannot be used");
        output.ShouldContain("it finds them within 30 s, or when it starts.");
        await using var db = shop.OpenDatabase();
        (await db.Outbox.SingleAsync(Cancellation)).RoutingKey.ShouldBe("shop.packing");
        (await db.DeadLetterActions.SingleAsync(Cancellation)).By.ShouldBe(Environment.UserName);
        (await db.AuditLog.SingleAsync(Cancellation)).Who.ShouldBe(Environment.UserName);
    }

    [Fact]
    public async Task Are_decided_about_once()
    {
        await using var shop = await TestShop.OpenAsync();
        await DieAsync(shop, Letter());
        await shop.LettersAsync("discard", "1", "--reason", "a test order", "--by", "anna");

        var (code, _, error) = await shop.LettersAsync("replay", "1");
        code.ShouldBe(1);
        error.ShouldStartWith("letters: dead letter 1 has been discarded already, by anna at 20");
        (await shop.LettersAsync("discard", "--all", "--reason", "x")).ShouldBe((0, $"0 letters discarded.{Environment.NewLine}", ""));
    }

    [Fact]
    public async Task That_are_not_there_are_an_error_that_says_so()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var arguments in new[] { new[] { "show", "7" }, ["replay", "7"], ["replay", "--group", "7"], ["list", "--group", "7"] })
        {
            (await shop.LettersAsync(arguments)).ShouldBe((1, "", $"letters: there is no dead letter 7; 'letters list' shows those there are.{Environment.NewLine}"));
        }
    }

    private static Task<int> DieAsync(TestShop shop, params DeadLetter[] letters) => shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, ct) =>
    {
        db.DeadLetters.AddRange(letters);
        return db.SaveChangesAsync(ct);
    }, Cancellation);

    private static IEnumerable<string[]> Table(string output) => output.TrimEnd().Split(Environment.NewLine).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

/// <summary>Without a shop that runs, or with the wrong words.</summary>
public sealed class Letters_asked_for_wrongly
{
    [Fact]
    public async Task Where_no_shop_is_are_an_error_that_says_what_to_do_and_nothing_is_made()
    {
        var folder = Directory.CreateTempSubdirectory("storefront-test-").FullName;
        var missing = Path.Combine(folder, "nothing here");
        try
        {
            var (code, output, error) = await LettersProcess.RunAsync([], "list", "--data", missing);
            (code, output).ShouldBe((1, ""));
            error.ShouldStartWith($"letters: there is no shop's database at {Path.Combine(missing, "shop.db")}. Give --data");
            (await LettersProcess.RunAsync([("Data__Folder", missing)], "list")).Error.ShouldBe(error);
            (await LettersProcess.RunAsync([("ConnectionStrings__Store", $"Data Source={Path.Combine(missing, "shop.db")}")], "list")).Error.ShouldBe(error);
            Directory.GetFileSystemEntries(folder).ShouldBeEmpty();

            await File.WriteAllTextAsync(Path.Combine(folder, "shop.db"), "this is no database, however long one looks at it", TestContext.Current.CancellationToken);
            (code, _, error) = await LettersProcess.RunAsync([], "list", "--data", folder);
            code.ShouldBe(1);
            error.ShouldStartWith("letters: the shop's database cannot be used: ");

            await File.WriteAllBytesAsync(Path.Combine(folder, "shop.db"), [], TestContext.Current.CancellationToken);
            (code, _, error) = await LettersProcess.RunAsync([], "list", "--data", folder);
            code.ShouldBe(1);
            error.ShouldContain("Start the shop once");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Say which letters, in one of these ways: an ID, --group N, or --all.", "replay")]
    [InlineData("Say which letters, in only one of these ways: an ID, --group N, or --all.", "replay", "7", "--all")]
    [InlineData("ID must be a number of 1 or more, as 'letters list' shows it; it is 'seven'.", "replay", "seven")]
    [InlineData("--group must be a number of 1 or more, as 'letters list' shows it; it is '0'.", "list", "--group", "0")]
    [InlineData("Option '--reason' is required.", "discard", "--all")]
    [InlineData("--reason: A reason is needed: 1 to 500 characters that say why nobody will miss it.", "discard", "--all", "--reason", " ")]
    [InlineData("--by: The name of who decides must have 1 to 100 characters.", "replay", "--all", "--by", "")]
    [InlineData("--state must be waiting, replayed or discarded.", "list", "--state", "7")]
    public async Task Are_an_error_that_names_what_is_wrong(string expected, params string[] arguments)
    {
        var (code, _, error) = await LettersProcess.RunAsync([], arguments);
        code.ShouldBe(1);
        error.ShouldContain(expected);
    }
}
