using Microsoft.AspNetCore.Components;
using Storefront.Messaging.DeadLetters;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.DeadLetters;

/// <summary>The dead letters by cause. Counts follow what happens; a new cause waits behind a button, so that no row moves under the pointer.</summary>
public sealed partial class DeadLettersPage(DeadLetterReader letters, OfficeFeed feed) : IDisposable
{
    private IDisposable? _watching;
    private bool _arrived;
    private string? _done;

    [SupplyParameterFromQuery(Name = "state")] public string? StateWord { get; set; }

    private DeadLetterState State { get; set; }

    private IReadOnlyList<LetterGroup>? Groups { get; set; }

    private int Total => Groups?.Sum(g => g.Count) ?? 0;

    public void Dispose() => _watching?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var state = StateChoices.Read(StateWord);
        if (Groups is null || state != State)
        {
            (State, _done) = (state, null);
            await LoadAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _watching = feed.Watch(tick => _ = InvokeAsync(() => HearAsync(tick.Numbers.DeadLetters)));
        }
    }

    private async Task LoadAsync()
    {
        Groups = await letters.GroupsAsync(State, CancellationToken.None);
        _arrived = false;
    }

    private async Task DoneAsync(string done)
    {
        _done = done;
        await LoadAsync();
    }

    private async Task HearAsync(Capped waiting)
    {
        if (Groups is not { } shown || State != DeadLetterState.Waiting || waiting.Count == Math.Min(Total, Capped.Probe))
        {
            return;
        }

        var now = await letters.GroupsAsync(DeadLetterState.Waiting, CancellationToken.None);
        if (!ReferenceEquals(Groups, shown))
        {
            // Another list came up meanwhile, read later than this.
            return;
        }

        if (shown.Count == 0)
        {
            // Nothing in view that could move.
            Groups = now;
        }
        else
        {
            Groups = [.. shown.Select(g => now.FirstOrDefault(n => n.Selection == g.Selection) ?? g with { Count = 0 })];
            _arrived = now.Any(n => shown.All(g => g.Selection != n.Selection));
        }

        StateHasChanged();
    }
}
