using System.Globalization;
using Microsoft.AspNetCore.Components;
using Storefront.Orders;

namespace Storefront.Web.Store.Tracking;

/// <summary>
/// Finds an order: by its number alone, as anybody may see it; by number and e-mail as one's own, which this browser then remembers. Whether there is no such
/// order or the address is another is one answer: one page, one status, one query.
/// </summary>
public sealed partial class FindOrderPage(
    OrderReader orders, OrderOwners owners, OwnOrders own, LookupPace pace, NavigationManager navigation)
{
    public const string Address = "/track";

    public const string FormName = "find";

    private FindOrder _typed = new();
    private string? _message;
    private string? _numberFault;
    private string? _emailFault;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = FormName)] private FindOrder? Form { get; set; }

    /// <summary>A number in the address, as links have it.</summary>
    [SupplyParameterFromQuery(Name = "order")] private string? Linked { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _typed = Form ?? new FindOrder { Order = Linked };
        if (Form is null && !string.IsNullOrWhiteSpace(Linked))
        {
            await FindByNumberAsync();
        }
    }

    /// <summary>The form was sent.</summary>
    private async Task FindAsync()
    {
        await (string.IsNullOrWhiteSpace(_typed.Email) ? FindByNumberAsync() : FindOwnAsync(_typed.Email.Trim()));
        if ((_message ?? _numberFault ?? _emailFault) is not null && Http.Response.StatusCode == StatusCodes.Status200OK)
        {
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
    }

    private async Task FindByNumberAsync()
    {
        if (!TryReadNumber(out var number))
        {
            return;
        }

        if (await orders.FindAsync(number, Http.RequestAborted) is null)
        {
            _numberFault = Words.Say("find.unknown", ("number", number));
            return;
        }

        Go(number);
    }

    private async Task FindOwnAsync(string email)
    {
        // What can be told from the texts alone tells nothing of any order.
        if (!OrderRequest.IsEmail(email))
        {
            _emailFault = Words["checkout.email.wrong"];
        }

        if (!TryReadNumber(out var number) || _emailFault is not null)
        {
            return;
        }

        if (pace.Hold(Http.Connection.RemoteIpAddress) is { } hold)
        {
            var seconds = (int)Math.Ceiling(hold.TotalSeconds);
            Http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _message = Words.Count("find.too-many", seconds);
            return;
        }

        if (!await owners.IsOfAsync(number, email, Http.RequestAborted))
        {
            _message = Words["find.no-match"];
            return;
        }

        own.Add(number);
        Go(number);
    }

    private bool TryReadNumber(out OrderNumber number)
    {
        var isNumber = OrderNumber.TryParse(_typed.Order?.Trim(), out number);
        _numberFault = isNumber ? null : Words["find.not-a-number"];
        return isNumber;
    }

    private void Go(OrderNumber number)
    {
        if (HttpMethods.IsPost(Http.Request.Method))
        {
            SeeOther.Instead(Http.Response);
        }

        navigation.NavigateTo(TrackPage.AddressOf(number));
    }
}
