using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Storefront.Messaging.DeadLetters;
using Storefront.Web.Account;

namespace Storefront.Web.BackOffice.Pages.DeadLetters;

/// <summary>Buttons that replay or discard letters in the name of whoever is signed in; not there for those who may only look.</summary>
public sealed partial class LetterActions(DeadLetterDesk desk, StaffPermit permit)
{
    private readonly string _id = $"ask-{Guid.NewGuid():N}";
    private ElementReference _first;
    private Asking _asking;
    private bool _justAsked;
    private bool _busy;
    private string _reason = "";
    private string? _fault;

    private enum Asking
    {
        Nothing, Replay, Discard,
    }

    /// <summary>Which letters.</summary>
    [Parameter, EditorRequired] public required LetterSelection Selection { get; set; }

    /// <summary>How many they are.</summary>
    [Parameter, EditorRequired] public required int Count { get; set; }

    /// <summary>All there are: then even a replay asks first.</summary>
    [Parameter] public bool AskFirst { get; set; }

    /// <summary>Id of the element that says which letters these are, for those who hear the buttons one by one.</summary>
    [Parameter] public string? DescribedBy { get; set; }

    /// <summary>Told what was done, in a sentence.</summary>
    [Parameter] public EventCallback<string> OnDone { get; set; }

    private string HowMany => AskFirst ? $" all {Count:N0}" : Count == 1 ? "" : $" {Count:N0}";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_justAsked)
        {
            _justAsked = false;
            await _first.FocusAsync();
        }
    }

    private void Ask(Asking what)
    {
        (_asking, _fault) = (what, null);
        _justAsked = what != Asking.Nothing;
    }

    private Task ReplayOrAskAsync()
    {
        if (!AskFirst)
        {
            return ReplayAsync();
        }

        Ask(Asking.Replay);
        return Task.CompletedTask;
    }

    private Task ReplayAsync() => ActAsync(by => desk.ReplayAsync(Selection, by, CancellationToken.None), "replayed");

    private async Task DiscardAsync()
    {
        _fault = DeadLetterDesk.FaultOfReason(_reason);
        if (_fault is null)
        {
            await ActAsync(by => desk.DiscardAsync(Selection, by, _reason, CancellationToken.None), "discarded");
        }
    }

    private async Task ActAsync(Func<string, Task<int>> act, string done)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _fault) = (true, null);
        try
        {
            var permission = await permit.AskAsync(OfficePolicy.Operate);
            if (!permission.IsGiven)
            {
                _fault = permission.Refusal;
                return;
            }

            var by = permission.Name;
            // Not on the circuit: thousands of letters would hold up every other click.
            var count = await Task.Run(() => act(by));
            (_asking, _reason) = (Asking.Nothing, "");
            await OnDone.InvokeAsync(count switch
            {
                0 => "Nothing left to do: somebody was quicker.",
                1 => $"1 letter {done}.",
                _ => $"{count:N0} letters {done}.",
            });
        }
        catch (DbException e)
        {
            _fault = $"The database did not take it: {e.Message}. What was done up to then stands; try again for the rest.";
        }
        finally
        {
            _busy = false;
        }
    }
}
