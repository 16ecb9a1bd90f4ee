using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Storefront.Web.BackOffice.Pages.Audit;

/// <summary>The audit log, the newest entry first. It does not move while it is looked at; loading it again shows what came.</summary>
public sealed partial class AuditPage(AuditList list, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private AuditSlice? _shown;
    private string? _who;
    private string? _action;
    private string? _subject;

    [SupplyParameterFromQuery(Name = "who")] public string? WhoWord { get; set; }
    [SupplyParameterFromQuery(Name = "action")] public string? ActionWord { get; set; }
    [SupplyParameterFromQuery(Name = "subject")] public string? SubjectWord { get; set; }
    [SupplyParameterFromQuery(Name = "before")] public string? BeforeWord { get; set; }
    [SupplyParameterFromQuery(Name = "after")] public string? AfterWord { get; set; }

    private AuditFilter Filter { get; set; } = AuditFilter.None;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        Filter = AuditFilter.Read(WhoWord, ActionWord, SubjectWord);
        (_who, _action, _subject) = Filter;
        _shown = await list.ReadAsync(Filter, Id(BeforeWord), Id(AfterWord), _leaving.Token);
    }

    // What is no id of ours is left out.
    private static long? Id(string? word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private void Search() => navigation.NavigateTo(AuditFilter.Read(_who, _action, _subject).Address);

    private string At(string side, long id) => QueryHelpers.AddQueryString(Filter.Address, side, $"{id}");
}
