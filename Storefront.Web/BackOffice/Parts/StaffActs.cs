using System.Data.Common;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Parts;

/// <summary>What came of an action, in a sentence; a refusal changed nothing.</summary>
public sealed record ActOutcome(string Text, bool IsRefusal = false)
{
    /// <summary>It came to nothing, and why.</summary>
    public static ActOutcome Refused(string why) => new(why, IsRefusal: true);
}

/// <summary>Carries out what a member of the staff asks for on a page: only if they may at that moment, in their name, and with a sentence for whatever comes of it.</summary>
public sealed partial class StaffActs(StaffPermit permit, ILogger<StaffActs> log)
{
    /// <param name="what">What is done to what, for the log.</param>
    /// <param name="act">Does it, in the name of the one it is given.</param>
    public async Task<ActOutcome> RunAsync(string what, Func<string, Task<ActOutcome>> act)
    {
        var permission = await permit.AskAsync(OfficePolicy.Operate);
        if (!permission.IsGiven)
        {
            return ActOutcome.Refused(permission.Refusal);
        }

        try
        {
            return await act(permission.Name);
        }
        catch (DbException e)
        {
            Log.Refused(log, what, e);
            return ActOutcome.Refused("The database refused, so nothing was changed. The log says why; try again in a minute.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The staff could not {What}")]
        public static partial void Refused(ILogger log, string what, Exception e);
    }
}
