using Microsoft.Extensions.Logging;

namespace Storefront.Data;

/// <summary>For those behind the counter, who have no one to hand an error to: while the database is unwell, they back off and try again.</summary>
public static partial class Insistence
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Runs <paramref name="attempt"/> until the database lets it end; a rule that it breaks is not tried again.</summary>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, ILogger log, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await attempt(cancellationToken);
            }
            catch (Exception e) when (DatabaseStatus.TroubleIn(e) is not null)
            {
                Log.Unwell(log, DatabaseStatus.TroubleIn(e)!.Message, pause.TotalMilliseconds);
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The database is unwell ({Reason}); trying again in {Pause} ms")]
        public static partial void Unwell(ILogger log, string reason, double pause);
    }
}
