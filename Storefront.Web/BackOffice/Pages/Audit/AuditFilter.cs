using Microsoft.EntityFrameworkCore;
using Storefront.Auditing;
using Storefront.Data;

namespace Storefront.Web.BackOffice.Pages.Audit;

/// <summary>Which entries of the audit log are shown: those with exactly these words. Lives in the address, so a list can be kept, shared and gone back to.</summary>
/// <param name="Who">Only what this one did.</param>
/// <param name="Action">Only this.</param>
/// <param name="Subject">Only what was done to this.</param>
public sealed record AuditFilter(string? Who = null, string? Action = null, string? Subject = null)
{
    public static AuditFilter None { get; } = new();

    /// <summary>From the words of an address.</summary>
    public static AuditFilter Read(string? who, string? action, string? subject) => new(Word(who), Word(action), Word(subject));

    /// <summary>The list's address with this filter, at the newest entries.</summary>
    public string Address => OfficeAddress.Audit + QueryString.Create(Words());

    /// <summary>The address of all that the filter finds, as a file.</summary>
    public string FileAddress => AuditFile.Address + QueryString.Create(Words());

    public IQueryable<AuditEntry> Apply(StoreDb db)
    {
        var entries = db.AuditLog.AsNoTracking();
        entries = Who is null ? entries : entries.Where(e => e.Who == Who);
        entries = Action is null ? entries : entries.Where(e => e.Action == Action);
        return Subject is null ? entries : entries.Where(e => e.Subject == Subject);
    }

    private static string? Word(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private IEnumerable<KeyValuePair<string, string?>> Words() =>
        new KeyValuePair<string, string?>[] { new("who", Who), new("action", Action), new("subject", Subject) }.Where(word => word.Value is not null);
}
