using System.Data.Common;
using Storefront.Orders;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Parts;

/// <summary>Does what a member of the staff asks for, if they may at this moment, in their name.</summary>
public sealed partial class StaffAction(StaffPermit permit, ILogger<StaffAction> log)
{
    /// <summary>Does it, and tells what is wrong: by field, or under no field what concerns it all.</summary>
    /// <param name="policy">One of <see cref="OfficePolicy"/>.</param>
    /// <param name="act">Does it in the name it is given, and says what was wrong.</param>
    public async Task<IReadOnlyList<Fault>> RunAsync(string policy, Func<string, Task<IReadOnlyList<Fault>>> act)
    {
        var permission = await permit.AskAsync(policy);
        if (!permission.IsGiven)
        {
            return [new("", permission.Refusal)];
        }

        try
        {
            return await act(permission.Name);
        }
        catch (DbException e)
        {
            Log.NotDone(log, permission.Name, e);
            return [new("", "The database refused, so nothing was changed. The log says why; try again in a minute.")];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "What {Who} asked for in the back office could not be done")]
        public static partial void NotDone(ILogger log, string who, Exception e);
    }
}
