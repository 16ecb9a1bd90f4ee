using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Storefront;

/// <summary>
/// Places in the code where a test has the process die as by <c>kill -9</c>: between two steps that only a crash can part.
/// Set by the environment variable <see cref="Variable"/>, as <c>task-finished</c>, or <c>task-finished:3</c> for the third time it is passed.
/// Unset, a place costs nothing: the field is a constant to the compiler that runs the program.
/// </summary>
public static class FailPoint
{
    public const string Variable = "STOREFRONT_FAIL_POINT";

    /// <summary>An order is committed; nobody has been told, neither the customer nor the relay.</summary>
    public const string OrderCommitted = "order-committed";

    /// <summary>A message of the outbox is on its way to the broker; no confirm has come.</summary>
    public const string MessagePublished = "message-published";

    /// <summary>The broker has confirmed a message; its row is still in the outbox.</summary>
    public const string MessageConfirmed = "message-confirmed";

    /// <summary>The event <c>order.accepted</c> is confirmed; the order's message is not acked.</summary>
    public const string OrderAccepted = "order-accepted";

    /// <summary>An attempt is counted; the work has not begun.</summary>
    public const string TaskClaimed = "task-claimed";

    /// <summary>The work has had its effect outside; the shop does not know it yet.</summary>
    public const string WorkDone = "work-done";

    /// <summary>The closing commit is made; the task's message is not acked.</summary>
    public const string TaskFinished = "task-finished";

    /// <summary>The mail server has taken a mail; the shop does not know it yet.</summary>
    public const string MailSent = "mail-sent";

    /// <summary>Those that every order passes, in this order; <see cref="MailSent"/> takes a customer with an address, and a mail server.</summary>
    public static IReadOnlyList<string> All { get; } = [OrderCommitted, MessagePublished, MessageConfirmed, OrderAccepted, TaskClaimed, WorkDone, TaskFinished];

    // Before what reads it.
    private static readonly IReadOnlyList<string> Known = [.. All, MailSent];

    private static readonly Armed? Set = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Reads the setting now, so that a wrong one stops the start.</summary>
    /// <exception cref="TypeInitializationException">The variable names no place; the inner exception says so.</exception>
    public static void Check() => Passed("");

    /// <summary>The process has come to this place; it ends here if that is what a test wants.</summary>
    public static void Passed(string place) => Set?.Pass(place);

    /// <exception cref="OptionsValidationException">The variable names no place.</exception>
    private static Armed? Read(string? setting)
    {
        if (string.IsNullOrEmpty(setting))
        {
            return null;
        }

        var parts = setting.Split(':', 2);
        var times = 1;
        return Known.Contains(parts[0]) && (parts.Length == 1 || (int.TryParse(parts[1], out times) && times > 0))
            ? new Armed(parts[0], times)
            : throw new OptionsValidationException(Variable, typeof(FailPoint), [$"{Variable} must be one of {string.Join(", ", Known)}, or one of them with a number such as {WorkDone}:3; it is '{setting}'."]);
    }

    private sealed class Armed(string place, int times)
    {
        private int _left = times;

        public void Pass(string passed)
        {
            if (passed == place && Interlocked.Decrement(ref _left) == 0)
            {
                Process.GetCurrentProcess().Kill();
                // The signal is on its way; nothing more may happen meanwhile.
                Thread.Sleep(Timeout.Infinite);
            }
        }
    }
}
