using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments.Controls;
using Storefront.Orders;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Nodes;

/// <summary>What the staff sets at one process counts at the others, and after all have been started anew.</summary>
public sealed class Two_processes_and_the_staffs_settings(SharedBroker broker) : IAsyncDisposable
{
    /// <summary>Far below <see cref="ControlsFollower.SlowSweep"/>, by which it would come about without being told.</summary>
    private static readonly TimeSpan FollowedWithin = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-settings-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pause_together_stay_paused_when_they_are_started_again_and_go_on_together()
    {
        TestDatabase.SkipUnlessPostgres("several processes on one database");
        var host = await broker.NewHostAsync(Cancellation);
        await using var outsider = await Outsider.ConnectAsync(host);
        await using (var web = await OpenWebAsync(host))
        {
            await web.AtBrokerAsync(Cancellation);
            await using var work = await WorkProcess.StartAsync(_folder, host, Cancellation);
            await ConsumersAsync(outsider, 1, Watching.Bound);
            await ChangeAsync(web, new() { Paused = true });
            await ConsumersAsync(outsider, 0, FollowedWithin);
            (await work.StopAsync(Cancellation)).ShouldBe(0, work.Output);
        }

        await using var webAgain = await OpenWebAsync(host);
        await using var workAgain = await WorkProcess.StartAsync(_folder, host, Cancellation);
        webAgain.Services.GetRequiredService<CurrentSettings>().Paused.ShouldBe([Department.Sales]);
        var number = await webAgain.PlaceAsync(Cancellation);
        await Watching.UntilAsync("all but sales are done", async () => (await webAgain.FindAsync(number)).Tasks.All(t => t.Department == Department.Sales || t.State == TaskState.Done), Cancellation);
        (await webAgain.FindAsync(number)).Tasks.Single(t => t.Department == Department.Sales).State.ShouldBe(TaskState.Waiting);

        await ChangeAsync(webAgain, new() { Paused = false });
        await ConsumersAsync(outsider, 1, FollowedWithin);
        await webAgain.DoneAsync(number, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }

    private static async Task ChangeAsync(TestShop shop, DepartmentChange change) =>
        (await shop.Services.GetRequiredService<DepartmentControls>().ChangeAsync(Department.Sales, change, "Holly", Cancellation)).ShouldBeEmpty();

    private static Task ConsumersAsync(Outsider outsider, uint count, TimeSpan within) => Watching.UntilAsync($"{count} consume the queue of sales",
        async () => (await outsider.Channel.QueueDeclarePassiveAsync("shop.sales", Cancellation)).ConsumerCount == count, within, TimeSpan.FromMilliseconds(20), Cancellation);

    private Task<TestShop> OpenWebAsync(Uri host) => MessagingShop.OpenAsync(host, ("Data:Folder", _folder), ("Workers:CoHosted", "false"));
}
