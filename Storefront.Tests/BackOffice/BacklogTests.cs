using Bunit;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Queues;
using static Storefront.Tests.Messaging.Writing;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

public sealed class What_the_outbox_keeps_back : BunitContext, IAsyncLifetime
{
    private OfficeDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await OfficeDesk.OpenAsync();

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Is_named_by_its_time_with_the_attempt_it_asks_for()
    {
        var now = _desk.Clock.GetUtcNow();
        await KeepBackAsync(TimeSpan.FromMinutes(4), RetryId.Of("7Q4M-X0ZB-K2TD:sales", 1), "7Q4M-X0ZB-K2TD");
        await KeepBackAsync(TimeSpan.FromSeconds(30), "7Q4M-X0ZB-K2TD:placed", "7Q4M-X0ZB-K2TD");
        await KeepBackAsync(TimeSpan.Zero, "due", "7Q4M-X0ZB-K2TD");

        var backlog = await ReadAsync();
        backlog.Later.Count.ShouldBe(2, "what is due is not kept back");
        backlog.Next.Select(m => (m.Order, m.Attempt, m.DueAt - now)).ShouldBe(
            [("7Q4M-X0ZB-K2TD", null, TimeSpan.FromSeconds(30)), ("7Q4M-X0ZB-K2TD", 2, TimeSpan.FromMinutes(4))]);

        var table = Render<BacklogTable>(p => p.Add(t => t.Backlog, backlog).Add(t => t.Outbox, new OutboxLoad(new(1), now)));
        table.FindAll("tbody tr").Select(r => r.TextContent.Trim()).Count().ShouldBe(2);
        table.Markup.ShouldContain("attempt 2 of 5");
        table.Markup.ShouldContain("4 min 0 s");
        table.Markup.ShouldContain("again, after the broker refused it");
        table.FindAll("tbody a")[0].GetAttribute("href").ShouldBe("/backoffice/orders/7Q4M-X0ZB-K2TD");
    }

    [Fact]
    public async Task Is_counted_beyond_the_ten_that_are_named()
    {
        for (var i = 12; i > 0; i--)
        {
            await KeepBackAsync(TimeSpan.FromSeconds(i), RetryId.Of("7Q4M-X0ZB-K2TD:sales", i % 4), "7Q4M-X0ZB-K2TD");
        }

        var backlog = await ReadAsync();
        backlog.Later.Count.ShouldBe(12);
        backlog.Next.Select(m => m.DueAt - backlog.At).ShouldBe(Enumerable.Range(1, 10).Select(i => TimeSpan.FromSeconds(i)));
    }

    [Theory]
    [InlineData("7Q4M-X0ZB-K2TD:sales:retry:4", 5)]
    [InlineData("7Q4M-X0ZB-K2TD:mail:confirmation:retry:1", 2)]
    [InlineData("7Q4M-X0ZB-K2TD:placed", null)]
    [InlineData("x:retry:", null)]
    [InlineData(":retry:-1", null)]
    public void Tells_attempts_by_their_ids(string id, int? attempt) => RetryId.NextIn(id).ShouldBe(attempt);

    private Task<BacklogView> ReadAsync() => new Backlog(_desk.Contexts, _desk.Clock).ReadAsync(TestContext.Current.CancellationToken);

    private Task KeepBackAsync(TimeSpan delay, string id, string order) => _desk.WriteAsync(db =>
    {
        _desk.Get<OutboxWriter>().Add(db, Letter(id) with { CorrelationId = order }, delay);
        return Task.CompletedTask;
    });
}
