using System.Globalization;
using Microsoft.AspNetCore.Components;
using Storefront.Catalog;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Products.Stock;

/// <summary>Lets the staff move stock, each time with a note.</summary>
public sealed partial class MoveForm(StockDesk desk, StaffActs acts)
{
    private MovementKind _kind = MovementKind.Receipt;
    private string? _pieces;
    private string? _note;
    private bool _isBusy;
    private string? _told;
    private IReadOnlyList<Fault> _faults = [];

    [Parameter, EditorRequired] public required int ProductId { get; set; }

    /// <summary>Something was moved.</summary>
    [Parameter] public EventCallback OnMoved { get; set; }

    private string? FaultOf(string field) => _faults.FirstOrDefault(f => f.Field == field)?.Message;

    private string? Invalid(string field) => FaultOf(field) is null ? null : "true";

    private async Task MoveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _faults, _told) = (true, [], null);
        try
        {
            // What is no number is none that is allowed, and is told so with everything else.
            var pieces = int.TryParse(_pieces?.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var typed) ? typed : -1;
            var order = new StockOrder(ProductId, _kind, pieces, _note ?? "");
            Show(await acts.RunAsync<Moving>(OfficePolicy.Operate, $"move stock of product {ProductId}", who => desk.MoveAsync(order, who, CancellationToken.None), why => new Moving.Refused([new("", why)]),
                "The database refused, so nothing was moved. The log says why; try again in a minute."));
        }
        finally
        {
            _isBusy = false;
        }

        await OnMoved.InvokeAsync();
    }

    private void Show(Moving ended)
    {
        switch (ended)
        {
            case Moving.Moved moved:
                (_pieces, _note) = (null, null);
                _told = moved.Pieces == 0 ? $"Written down: {moved.Stock:N0}, as the shop had it." : $"Written down: {MovementWords.Signed(moved.Pieces)}, so {moved.Stock:N0} are there.";
                break;
            case Moving.Refused refused:
                _faults = refused.Faults;
                break;
            case Moving.Unknown:
                _faults = [new("", "There is no such product any more.")];
                break;
        }
    }
}
