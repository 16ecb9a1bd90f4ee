using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Storefront.Catalog;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Pages.Products.Pictures;

/// <summary>
/// Takes uploads over the circuit: the page with whatever is being typed on it stays where it is, the browser says the size before it sends, and the stream ends
/// at the limit whatever it said.
/// </summary>
public sealed partial class PictureCard(PictureStudio studio, GoodsDesk desk, StaffPermit permit, ILogger<PictureCard> log)
{
    private bool _isBusy;
    private (string Text, bool IsRefusal)? _outcome;

    [Parameter, EditorRequired] public required Product Product { get; set; }

    /// <summary>It is done.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        if (chosen.FileCount == 1)
        {
            await ActAsync(async () => await ReadAsync(chosen.File) is not { } upload ? new(null, TooHeavy(chosen.File.Size)) : await studio.DevelopAsync(upload, CancellationToken.None));
        }
    }

    private Task ShowAsync(ProductPicture? picture) => ActAsync(() => Task.FromResult(new Developed(picture, null)));

    private async Task ActAsync(Func<Task<Developed>> develop)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _outcome) = (true, null);
        try
        {
            var permission = await permit.AskAsync(OfficePolicy.Manage);
            _outcome = permission.IsGiven ? await HangAsync(await develop(), permission.Name) : (permission.Refusal, true);
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            // The stream of a browser that left, or a database that would not.
            Log.NotTaken(log, Product.Id, e);
            _outcome = ("The picture did not arrive whole, so nothing was changed. Try again.", true);
        }
        finally
        {
            _isBusy = false;
        }

        await OnDone.InvokeAsync();
    }

    private async Task<(string, bool)> HangAsync(Developed developed, string who) => developed.Fault is { } fault ? (fault, true)
        : await desk.ShowAsync(Product.Id, Product.Version, developed.Picture, who, CancellationToken.None) switch
        {
            Editing.Saved => (developed.Picture is null ? "The drawing is back." : "The shop shows this picture now.", false),
            Editing.Overtaken => ("Somebody else has just changed this product. Look at it once more, then choose the picture again.", true),
            _ => ("There is no such product any more.", true),
        };

    /// <summary>The file, as far as it may be read; null when there is more of it.</summary>
    private static async Task<byte[]?> ReadAsync(IBrowserFile file)
    {
        if (file.Size > PictureStudio.MaxBytes)
        {
            return null;
        }

        await using var stream = file.OpenReadStream(PictureStudio.MaxBytes);
        using var upload = new MemoryStream();
        await stream.CopyToAsync(upload);
        return upload.ToArray();
    }

    private static string TooHeavy(long bytes) => $"The file has {bytes / 1024.0 / 1024.0:0.0} MB; it may have 5. Save it smaller and try again.";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A picture of product {Id} was not taken")]
        public static partial void NotTaken(ILogger log, int id, Exception e);
    }
}
