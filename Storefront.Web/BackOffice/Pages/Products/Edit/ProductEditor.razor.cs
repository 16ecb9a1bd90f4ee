using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Storefront.Catalog;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Pages.Products.Edit;

/// <summary>Makes a product, or changes one. What somebody else saves meanwhile is shown beside what was typed here, and nothing of either is lost.</summary>
public sealed partial class ProductEditor(GoodsDesk desk, StaffPermit permit, IOptions<ShopOptions> shop, ILogger<ProductEditor> log)
{
    private ProductInput _input = new();
    private Product? _seen;
    private EditConflict? _conflict;
    private IReadOnlyList<Fault> _faults = [];
    private (string Text, bool IsRefusal)? _outcome;
    private bool _isBusy;

    /// <summary>The product as it is now; null for one that is to be made.</summary>
    [Parameter] public Product? Current { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<Category> Categories { get; set; }

    /// <summary>For those who may look only.</summary>
    [Parameter] public bool ReadOnly { get; set; }

    /// <summary>Told the product's id after it was saved.</summary>
    [Parameter] public EventCallback<int> OnSaved { get; set; }

    private IOptions<ShopOptions> Shop => shop;

    private bool IsDirty => !_input.IsAs(_seen is null ? new() : ProductInput.Of(_seen));

    private string SaveWord => _isBusy ? "Saving …"
        : Current is null ? "Put it into the shop"
        : _conflict?.Fields.Any(f => f.IsMineToo && _input[f.Field] != f.Theirs) == true ? "Save mine over theirs" : "Save";

    /// <summary>What other languages show; null where there is nothing to say.</summary>
    private string? Translations => _seen is null ? "Other languages show these words, too."
        : _seen.CatalogueName is null || _seen.OwnTexts == OwnTexts.All ? null
        : "Other languages have translations of this product. A text that you change here is shown as you write it in all of them.";

    protected override void OnParametersSet()
    {
        // What was read before the last save is old news.
        if (Current is null || Current.Version <= _seen?.Version)
        {
            return;
        }

        if (_seen is null || !IsDirty)
        {
            (_seen, _input, _conflict) = (Current, ProductInput.Of(Current), null);
        }
        else if (!_isBusy)
        {
            Overtake(Current);
        }
    }

    private void Type(string field, string? text)
    {
        // As long as nobody has chosen another address, it follows the name.
        var follows = Current is null && field == nameof(ProductDraft.Name) && _input[nameof(ProductDraft.Slug)] == ProductInput.SlugOf(_input[field]);
        _input[field] = text ?? "";
        if (follows)
        {
            _input[nameof(ProductDraft.Slug)] = ProductInput.SlugOf(_input[field]);
        }

        _faults = [.. _faults.Where(f => f.Field != field)];
        _outcome = null;
    }

    private void Take(FieldConflict field) => _input[field.Field] = field.Theirs;

    private void DropMine()
    {
        _input = ProductInput.Of(_seen!);
        (_conflict, _faults, _outcome) = (null, [], null);
    }

    private void Overtake(Product now)
    {
        _conflict = EditConflict.Of(_input, _seen!, now);
        _seen = now;
    }

    private string? FaultOf(string field) => _faults.FirstOrDefault(f => f.Field == field)?.Message;

    private async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _outcome) = (true, null);
        try
        {
            await TrySaveAsync();
        }
        catch (DbException e)
        {
            Log.NotSaved(log, Current?.Id, e);
            _outcome = ("The database refused, so nothing was changed. The log says why; try again in a minute.", true);
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task TrySaveAsync()
    {
        var (draft, faults) = _input.Read();
        _faults = faults;
        if (faults.Count > 0)
        {
            _outcome = (Refusal(faults), true);
            return;
        }

        var permission = await permit.AskAsync(OfficePolicy.Manage);
        if (!permission.IsGiven)
        {
            _outcome = (permission.Refusal, true);
            return;
        }

        var ended = _seen is null
            ? await desk.CreateAsync(draft, permission.Name, CancellationToken.None)
            : await desk.SaveAsync(_seen.Id, _seen.Version, draft, permission.Name, CancellationToken.None);
        switch (ended)
        {
            case Editing.Saved saved:
                if (_seen is not null)
                {
                    _seen = AsSaved(_seen, draft, saved.Version);
                    _input = ProductInput.Of(_seen);
                }

                (_conflict, _outcome) = (null, ("Saved.", false));
                await OnSaved.InvokeAsync(saved.ProductId);
                break;
            case Editing.Refused refused:
                _faults = refused.Faults;
                _outcome = (Refusal(refused.Faults), true);
                break;
            case Editing.Overtaken overtaken:
                Overtake(overtaken.Now);
                break;
            case Editing.Unknown:
                _outcome = ("There is no such product any more.", true);
                break;
        }
    }

    /// <summary>The product as it was just saved, until it is read anew.</summary>
    private static Product AsSaved(Product seen, ProductDraft draft, long version) => seen with
    {
        Version = version,
        Name = draft.Name, Slug = draft.Slug, CategoryId = draft.CategoryId, PriceMinor = draft.PriceMinor, Bin = draft.Bin, Line = draft.Line, Description = draft.Description, Details = new(draft.Details),
    };

    private static string Refusal(IReadOnlyList<Fault> faults) => faults.Count == 1 ? "One field is not right; it says why. Nothing was saved." : $"{faults.Count} things are not right; the fields say why. Nothing was saved.";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Product {Id} could not be saved by the staff")]
        public static partial void NotSaved(ILogger log, int? id, Exception e);
    }
}
