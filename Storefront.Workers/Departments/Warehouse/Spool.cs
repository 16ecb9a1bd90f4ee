using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront.Departments.Warehouse;

/// <summary>
/// The spool folder of this machine: a PDF for each job and a ticket (<c>.job</c>) beside it, both named after the job's key. Whoever prints takes the ticket away;
/// nothing else is told to the shop.
/// </summary>
public sealed class Spool(IOptions<DataOptions> data)
{
    /// <summary>The folder under the data folder.</summary>
    public const string Folder = "spool";

    private readonly string _folder = Path.GetDirectoryName(data.Value.PathOf(Folder, "any"))!;

    /// <summary>Where the job stands, as far as its files on this machine tell.</summary>
    public SpoolState StateOf(string key) => File.Exists(TicketOf(key)) ? SpoolState.Queued : File.Exists(PdfOf(key)) ? SpoolState.Taken : SpoolState.NotHere;

    /// <summary>The job's document; null when it is not on this machine.</summary>
    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PdfOf(key), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The file's name of a job's document.</summary>
    internal static string DocumentOf(string key) => NameOf(key) + ".pdf";

    internal string PdfOf(string key) => Path.Combine(_folder, DocumentOf(key));

    internal string TicketOf(string key) => Path.Combine(_folder, NameOf(key) + ".job");

    private static string NameOf(string key) => key.Replace(':', '.');
}

/// <summary>What this machine's spool knows of a job.</summary>
public enum SpoolState
{
    /// <summary>Its ticket waits for the printer.</summary>
    Queued,

    /// <summary>The printer has taken the ticket; the document is still there.</summary>
    Taken,

    /// <summary>Neither is here: it was printed by way of another machine, or the spool was cleared.</summary>
    NotHere,
}
