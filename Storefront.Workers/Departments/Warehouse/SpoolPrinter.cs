using System.Text.Json;

namespace Storefront.Departments.Warehouse;

/// <summary>
/// A printer with a spool folder (<see cref="Spool"/>). The ticket comes last, so a PDF that has one is whole.
/// </summary>
public sealed class SpoolPrinter(Spool spool, NeighbourBook book, TimeProvider time) : IPrinter
{
    public Task<string> PrintAsync(PrintJob job, CancellationToken cancellationToken) => Task.FromResult(book.Ask("printer", job.Key, id =>
    {
        var ticket = new { job = id, key = job.Key, title = job.Title, document = Spool.DocumentOf(job.Key), copies = 1, queued_at = time.GetUtcNow() };
        Write(spool.PdfOf(job.Key), job.Pdf);
        Put(spool.TicketOf(job.Key), JsonSerializer.SerializeToUtf8Bytes(ticket));
        return $"PRINT-{id:D8}";
    }));

    /// <summary>The ticket goes first: a PDF without one is not printed.</summary>
    public Task WithdrawAsync(string key, CancellationToken cancellationToken)
    {
        book.Withdraw("printer", key, () =>
        {
            File.Delete(spool.TicketOf(key));
            File.Delete(spool.PdfOf(key));
        });
        return Task.CompletedTask;
    }

    /// <summary>Whole or not at all: written beside its place and moved there.</summary>
    private static void Put(string path, byte[] content)
    {
        Write(path + ".part", content);
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>A new file, also where an attempt before left one: one that is emptied and written anew, ext4 carries to the disk as it is closed (auto_da_alloc).</summary>
    private static void Write(string path, byte[] content)
    {
        File.Delete(path);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, content, 0);
    }
}
