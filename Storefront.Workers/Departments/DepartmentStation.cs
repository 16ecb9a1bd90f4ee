using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Storefront.Departments.Controls;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>
/// A department at its queue: reads which order a message is about and has the task run. While it is paused nobody consumes the queue, so that no message
/// lies with somebody who does nothing about it.
/// </summary>
public sealed class DepartmentStation(
    IDepartment department, TaskRuns runs, QueueConsumers consumers, DeadLetterBox letters, IOptionsMonitor<DepartmentOptions> options, CurrentSettings settings,
    ILogger<DepartmentStation> log) : IBrokerStation
{
    private int Hands => options.Get(department.Name.ToString()).Enabled ? settings.Of(department.Name).Hands : 0;

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await WorkAsync(session, stop);
        }
    }

    /// <summary>Works with as many hands as it has now, until it is to have more or fewer; or until told to stop.</summary>
    private async Task WorkAsync(BrokerSession session, CancellationToken stop)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hands = Hands;
        using var listening = settings.Listen(Look);
        Look();
        var working = hands > 0
            ? consumers.Of(Topology.QueueOf(department.Name.Text()), hands, HandleAsync, log).RunAsync(session, stop, turn.Token)
            : RestAsync(turn.Token);
        await Task.WhenAny(working, changed.Task);
        await turn.CancelAsync();
        await working;

        void Look()
        {
            if (Hands != hands)
            {
                changed.TrySetResult();
            }
        }
    }

    private static async Task RestAsync(CancellationToken turn) => await Task.Delay(Timeout.Infinite, turn).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>The run belongs to the process: when the channel goes, only the waiting for it ends. (A channel is not closed before its handlers have returned.)</summary>
    private Task HandleAsync(Delivery delivery, CancellationToken cancellationToken) => EventBody.Read(delivery.Body, out var number) is { } fault
        ? letters.WriteAsync(delivery, fault, null, cancellationToken)
        : runs.RunAsync(department, number, ActionOf(delivery), delivery).WaitAsync(cancellationToken);

    private static TaskAction ActionOf(Delivery delivery) => delivery.Type == OrderMessages.CancelledType ? TaskAction.Undo : TaskAction.Do;
}
