using Microsoft.Extensions.Hosting;
using Nito.AsyncEx;
using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>
/// Runs tasks: claim (committed before the work starts) → work under the job's key → one closing commit. A message only triggers it; the row decides.
/// A run belongs to the process, not to the delivery: when the connection drops it goes on, and the delivery that comes again joins it.
/// </summary>
public sealed class TaskRuns(TaskCommits commits) : IHostedService, IDisposable
{
    private readonly JoinedRuns<(OrderNumber, TaskName)> _running = new();
    private readonly AsyncReaderWriterLock _company = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Sees to it that the department's task of this order has been dealt with; returns when the message may be acked.</summary>
    /// <exception cref="OperationCanceledException">The shop is closing; the message is not to be acked.</exception>
    public Task RunAsync(IDepartment department, OrderNumber number, TaskAction action, Delivery delivery) =>
        _running.RunAsync((number, new(department.Name, action)), delivery, () => RunOnceAsync(department, number, action, delivery));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is still at work has had its time to end: it is given back, so that its attempt is not burnt.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_closing.IsCancellationRequested)
        {
            await _closing.CancelAsync();
        }

        await _running.EndAsync(cancellationToken);
    }

    public void Dispose() => _closing.Dispose();

    private async Task RunOnceAsync(IDepartment department, OrderNumber number, TaskAction action, Delivery delivery)
    {
        using (await _company.ReaderLockAsync(_closing.Token))
        {
            if (await TryAsync(department, new(department.Name, action), number, delivery, alone: false))
            {
                return;
            }
        }

        // Twice begun and never ended: it may be what kills the process, so it does not get to take others along.
        using (await _company.WriterLockAsync(_closing.Token))
        {
            await TryAsync(department, new(department.Name, action), number, delivery, alone: true);
        }
    }

    /// <summary>False: may only be tried alone.</summary>
    private async Task<bool> TryAsync(IDepartment department, TaskName task, OrderNumber number, Delivery delivery, bool alone)
    {
        var (claim, job) = await commits.ClaimAsync(task, number, delivery, alone, _closing.Token);
        if (job is null)
        {
            return claim != Claim.OnlyAlone;
        }

        FailPoint.Passed(FailPoint.TaskClaimed);
        try
        {
            var done = task.Action == TaskAction.Do ? await department.WorkAsync(job, _closing.Token) : await ((IUndoes)department).UndoAsync(job, _closing.Token);
            FailPoint.Passed(FailPoint.WorkDone);
            await commits.FinishAsync(job, done);
            FailPoint.Passed(FailPoint.TaskFinished);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            await commits.GiveBackAsync(job);
            throw;
        }
        catch (Exception e)
        {
            // Whatever a department throws is a failed attempt; the answer is another one, or a dead letter.
            await commits.FailAsync(job, delivery, e);
        }

        return true;
    }

    /// <summary>Whether the task is at work in this process.</summary>
    internal bool IsRunning(OrderNumber number, TaskName task) => _running.Contains((number, task));

    /// <summary>How many tasks of the department are at work in this process, or waiting for it.</summary>
    internal int CountOf(Department department) => _running.Keys.Count(k => k.Item2.Department == department);
}
