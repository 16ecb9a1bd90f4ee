using Microsoft.AspNetCore.Components;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.DeadLetters;

/// <summary>One dead letter: what came, why it died, what was done about it; and the place to do something.</summary>
public sealed partial class DeadLetterPage(DeadLetterReader letters, LetterHistory history, LetterOutcomes outcomes, OfficeFeed feed) : IDisposable
{
    /// <summary>As much of a body as a person reads; a message may have megabytes.</summary>
    private const int MostBytes = 16 * 1024;

    private IDisposable? _watching;
    private OpenedLetter? _letter;
    private IReadOnlyList<LetterStep> _history = [];
    private LetterOutcome? _outcome;
    private int _alike;
    private string? _done;
    private bool _isMissing;

    [Parameter] public long Id { get; set; }

    /// <summary>The request while the page is prerendered; null on the circuit.</summary>
    [CascadingParameter] public HttpContext? HttpContext { get; set; }

    public void Dispose() => _watching?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        // The history leads from one letter to another.
        if (_letter?.Id != Id)
        {
            _done = null;
            await LoadAsync();
        }

        if (_isMissing)
        {
            NotThere.Say(HttpContext);
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _watching = feed.Watch(tick => _ = InvokeAsync(() => HearAsync(tick.Changed)));
        }
    }

    private async Task LoadAsync()
    {
        var id = Id;
        var letter = await letters.FindAsync(id, MostBytes, CancellationToken.None);
        var steps = await history.ReadAsync(id, CancellationToken.None);
        var alike = letter is null ? 0 : await letters.CountAsync(letter.Alike, DeadLetterState.Waiting, CancellationToken.None);
        var outcome = letter is null ? null : await outcomes.FindAsync(letter, CancellationToken.None);
        if (id == Id)
        {
            (_letter, _history, _outcome, _alike, _isMissing) = (letter, steps, outcome, alike, letter is null);
        }
    }

    private async Task DoneAsync(string done)
    {
        _done = done;
        await LoadAsync();
    }

    /// <summary>Somebody else may have decided, a replay died again, or its order gone on; a count of those that wait would not tell.</summary>
    private async Task HearAsync(IReadOnlySet<OrderNumber> changed)
    {
        if (_letter is not { } letter)
        {
            return;
        }

        var isAboutIt = changed.Count > 0 && (letter.Queue == Topology.Orders || (OrderNumber.TryParse(letter.CorrelationId, out var number) && changed.Contains(number)));
        if (isAboutIt || (await history.ReadAsync(Id, CancellationToken.None)).Count != _history.Count)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }
}
