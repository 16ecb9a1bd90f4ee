namespace Storefront.Departments.Warehouse;

/// <summary>A document to print, under a key: the same key again is the same print.</summary>
public sealed record PrintJob(string Key, string Title, byte[] Pdf);

/// <summary>The printer in the warehouse.</summary>
public interface IPrinter
{
    /// <summary>Queues the document for printing, once per key.</summary>
    /// <returns>What the printer calls the job.</returns>
    Task<string> PrintAsync(PrintJob job, CancellationToken cancellationToken);

    /// <summary>Takes the job under this key out of the queue, if it is there; from then on the key prints nothing.</summary>
    Task WithdrawAsync(string key, CancellationToken cancellationToken);
}
