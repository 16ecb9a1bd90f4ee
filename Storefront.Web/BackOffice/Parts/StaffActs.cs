using System.Data.Common;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Parts;

/// <summary>Carries out what a member of the staff asks for on a page: only if they may at that moment, in their name, and with a sentence for whatever comes of it.</summary>
public sealed partial class StaffActs(StaffPermit permit, ILogger<StaffActs> log)
{
    private const string NothingChanged = "The database refused, so nothing was changed. The log says why; try again in a minute.";

    /// <summary>Does what an operator may.</summary>
    /// <param name="what">What is done to what, for the log.</param>
    /// <param name="act">Does it, in the name of the one it is given.</param>
    public Task<ActOutcome> RunAsync(string what, Func<string, Task<ActOutcome>> act) => RunAsync(OfficePolicy.Operate, what, act, ActOutcome.Refused);

    /// <summary>Does it, and tells what is wrong: by field, or under no field what concerns it all.</summary>
    /// <param name="policy">One of <see cref="OfficePolicy"/>.</param>
    /// <param name="what">What is done to what, for the log.</param>
    /// <param name="act">Does it in the name it is given, and says what was wrong.</param>
    public Task<IReadOnlyList<Fault>> ChangeAsync(string policy, string what, Func<string, Task<IReadOnlyList<Fault>>> act) =>
        RunAsync<IReadOnlyList<Fault>>(policy, what, act, why => [new("", why)]);

    /// <summary>Does what changes who may sign in, and tells why not; null: done. It is written down after it was done, so a refusal of the database leaves both possible.</summary>
    /// <param name="policy">One of <see cref="OfficePolicy"/>.</param>
    /// <param name="what">What is done to what, for the log.</param>
    /// <param name="act">Does it in the name it is given, and says why not.</param>
    public Task<string?> TryAsync(string policy, string what, Func<string, Task<string?>> act) =>
        RunAsync(policy, what, act, why => why, "The database refused. Load this page again to see what stands; the log says why.");

    /// <summary>Does it, and tells what came of it.</summary>
    /// <param name="policy">One of <see cref="OfficePolicy"/>.</param>
    /// <param name="what">What is done to what, for the log.</param>
    /// <param name="act">Does it in the name it is given.</param>
    /// <param name="refused">What came of it when it was refused, of the reason.</param>
    /// <param name="whereDatabaseRefuses">The reason when it is the database that refuses.</param>
    public async Task<T> RunAsync<T>(string policy, string what, Func<string, Task<T>> act, Func<string, T> refused, string whereDatabaseRefuses = NothingChanged)
    {
        var permission = await permit.AskAsync(policy);
        if (!permission.IsGiven)
        {
            return refused(permission.Refusal);
        }

        try
        {
            return await act(permission.Name);
        }
        catch (DbException e)
        {
            Log.NotDone(log, permission.Name, what, e);
            return refused(whereDatabaseRefuses);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Who} could not {What} in the back office")]
        public static partial void NotDone(ILogger log, string who, string what, Exception e);
    }
}
