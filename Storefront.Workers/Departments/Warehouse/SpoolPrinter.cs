using System.Text.Json;
using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront.Departments.Warehouse;

/// <summary>
/// A printer with a spool folder: each job is a PDF and a ticket beside it, both named after the key. The ticket comes last, so a PDF that has one is whole.
/// </summary>
public sealed class SpoolPrinter(IOptions<DataOptions> data, NeighbourBook book, TimeProvider time) : IPrinter
{
    /// <summary>The folder under the data folder.</summary>
    public const string Folder = "spool";

    private readonly string _folder = Path.GetDirectoryName(data.Value.PathOf(Folder, "any"))!;

    public Task<string> PrintAsync(PrintJob job, CancellationToken cancellationToken) => Task.FromResult(book.Ask("printer", job.Key, id =>
    {
        var name = NameOf(job.Key);
        var ticket = new { job = id, key = job.Key, title = job.Title, document = name + ".pdf", copies = 1, queued_at = time.GetUtcNow() };
        File.WriteAllBytes(Path.Combine(_folder, name + ".pdf"), job.Pdf);
        Put(name + ".job", JsonSerializer.SerializeToUtf8Bytes(ticket));
        return $"PRINT-{id:D8}";
    }));

    /// <summary>The ticket goes first: a PDF without one is not printed.</summary>
    public Task WithdrawAsync(string key, CancellationToken cancellationToken)
    {
        book.Withdraw("printer", key, () =>
        {
            File.Delete(Path.Combine(_folder, NameOf(key) + ".job"));
            File.Delete(Path.Combine(_folder, NameOf(key) + ".pdf"));
        });
        return Task.CompletedTask;
    }

    /// <summary>How the files of a job are called, without their endings.</summary>
    internal static string NameOf(string key) => key.Replace(':', '.');

    /// <summary>Whole or not at all: written beside its place and moved there.</summary>
    private void Put(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path + ".part", content);
        File.Move(path + ".part", path, overwrite: true);
    }
}
