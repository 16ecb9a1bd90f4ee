using System.Diagnostics;
using Npgsql;

namespace Storefront.Tests.Shop;

/// <summary>The private server itself keeps its promises; every test on PostgreSQL stands on them.</summary>
public sealed class A_private_PostgreSQL
{
    public A_private_PostgreSQL() => TestDatabase.SkipUnlessPostgres("the tests' own server");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_what_was_committed_through_a_sudden_death_and_an_orderly_stop()
    {
        await using var server = await PrivatePostgres.StartAsync([], Cancellation);
        await server.RunAsync("CREATE TABLE kept (number int)", Cancellation);
        await server.RunAsync("INSERT INTO kept VALUES (1)", Cancellation);

        server.Kill();
        await Should.ThrowAsync<NpgsqlException>(() => server.RunAsync("SELECT 1", Cancellation));
        await server.StartAgainAsync(Cancellation);
        await server.RunAsync("INSERT INTO kept VALUES (2)", Cancellation);

        await server.StopAsync();
        await server.StartAgainAsync(Cancellation);
        await server.RunAsync("DO $$ BEGIN ASSERT (SELECT count(*) FROM kept) = 2; END $$", Cancellation);
        await Should.ThrowAsync<PostgresException>(() => server.RunAsync("DO $$ BEGIN ASSERT (SELECT count(*) FROM kept) = 3; END $$", Cancellation));
    }

    [Fact]
    public async Task Leaves_no_process_and_no_file_behind()
    {
        var server = await PrivatePostgres.StartAsync([], Cancellation);
        var id = int.Parse(await File.ReadAllTextAsync(Path.Combine(server.Folder, "server.id"), Cancellation));
        Process.GetProcessById(id).HasExited.ShouldBeFalse();

        await server.DisposeAsync();

        Directory.Exists(server.Folder).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => Process.GetProcessById(id));
    }
}
