using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Web.BackOffice.Pages.DeadLetters;

/// <summary>The letters of one cause at one queue, found by any of them: those that wait, or those somebody decided about.</summary>
public sealed partial class LettersLikePage(DeadLetterReader letters, NavigationManager navigation)
{
    private string? _shownAddress;
    private string? _done;
    private bool _isMissing;

    [Parameter] public long Id { get; set; }
    [SupplyParameterFromQuery(Name = "state")] public string? StateWord { get; set; }
    [SupplyParameterFromQuery] public long? Before { get; set; }

    /// <summary>The request while the page is prerendered; null on the circuit.</summary>
    [CascadingParameter] public HttpContext? HttpContext { get; set; }

    private DeadLetterState State => StateChoices.Read(StateWord);

    private ShownLetters? Shown { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shownAddress != navigation.Uri)
        {
            (_shownAddress, _done) = (navigation.Uri, null);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var letter = await letters.FindAsync(Id, 0, CancellationToken.None);
        _isMissing = letter is null;
        if (letter is null)
        {
            NotThere.Say(HttpContext);
            return;
        }

        Shown = new(
            letter.Alike, await letters.CountAsync(letter.Alike, DeadLetterState.Waiting, CancellationToken.None),
            await letters.ReadAsync(letter.Alike, State, Before, CancellationToken.None));
    }

    private async Task DoneAsync(string done)
    {
        _done = done;
        await LoadAsync();
    }

    private string Older(ListedLetter last) => QueryHelpers.AddQueryString(OfficeAddress.LettersLike(Id, State), "before", last.Id.ToString());

    /// <summary>What is in view.</summary>
    private sealed record ShownLetters(LetterSelection.Alike Alike, int Waiting, LetterSlice Slice);
}
