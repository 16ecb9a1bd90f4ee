using System.Data.Common;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Pages.Staff;

/// <summary>How the pages about the staff act: asked for permission at that moment, and with a sentence for whatever goes wrong.</summary>
public sealed partial class DeskActs(StaffPermit permit, ILogger<DeskActs> log)
{
    /// <summary>Acts, if that is permitted.</summary>
    /// <param name="policy">One of <see cref="OfficePolicy"/>.</param>
    /// <param name="act">Does it in somebody's name; gives why not, or null.</param>
    /// <returns>Why not; null: done.</returns>
    public async Task<string?> RunAsync(string policy, Func<string, Task<string?>> act)
    {
        var permission = await permit.AskAsync(policy);
        if (!permission.IsGiven)
        {
            return permission.Refusal;
        }

        try
        {
            return await act(permission.Name);
        }
        catch (DbException e)
        {
            Log.Refused(log, e);
            return "The database refused. Load this page again to see what stands; the log says why.";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The database refused a change of the staff")]
        public static partial void Refused(ILogger log, Exception e);
    }
}
