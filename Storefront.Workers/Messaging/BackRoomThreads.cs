namespace Storefront.Messaging;

/// <summary>Handles messages on all the machine's cores but one, so that in a rush a request finds a thread that is not busy behind the counter.</summary>
internal static class BackRoomThreads
{
    private static readonly TaskFactory Threads = new(
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount - 1)).ConcurrentScheduler);

    /// <summary>Runs it there, and whatever it goes on with after its waiting.</summary>
    public static Task RunAsync(Func<Task> work) => Threads.StartNew(work).Unwrap();
}
