using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Storefront.Departments;
using Storefront.Departments.Controls;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Queues;

/// <summary>
/// How a room works. An empty field stands for what is configured. While nobody edits it, the form follows what others set; whoever edits it is told when
/// others were quicker, and decides.
/// </summary>
public sealed partial class WorkCard(CurrentSettings settings, DepartmentControls controls, StaffAction staff) : IDisposable
{
    private static readonly Sign Stormy = new("Weather", Icons.Material.Rounded.Thunderstorm, "honey");

    private string _concurrency = "";
    private string _duration = "";
    private string _failures = "";
    private WorkSettings _seen;
    private WorkSettings _told;
    private bool _isBusy;
    private IReadOnlyList<Fault> _faults = [];
    private string? _done;
    private IDisposable? _listening;

    [Parameter, EditorRequired] public Department Department { get; set; }

    /// <summary>From the layout, new at every tick: weather ends by itself.</summary>
    [CascadingParameter] public OfficeNumbers? Numbers { get; set; }

    private Room Room => Rooms.Of(Department);

    private EffectiveSettings Settings => settings.Of(Department);

    private DepartmentOptions Configured => settings.Configured(Department);

    private DepartmentControl? Control => settings.ControlOf(Department);

    /// <summary>As the staff has set it.</summary>
    private WorkSettings Set => Control?.Work ?? default;

    private bool IsEdited => (_concurrency, _duration, _failures) != Texts(_seen);

    /// <summary>Others have set it otherwise while somebody edits it here.</summary>
    private bool IsOvertaken => IsEdited && Set != _seen;

    private string Theirs => string.Join(", ", (string[])[
        $"{Settings.Concurrency} at a time", $"{Text(Settings.Duration)} each", $"{Percent(Set.FailureRate ?? Configured.FailureRate)} % fail"]);

    public void Dispose() => _listening?.Dispose();

    protected override void OnInitialized() => Fill();

    protected override void OnAfterRender(bool firstRender) => _listening ??= settings.Listen(() => _ = InvokeAsync(Follow));

    private static string Text(Storefront.Duration duration) => duration.Value.TotalSeconds is > 0 and < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.Value.TotalMilliseconds:0.###} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.Value.TotalSeconds:0.###} s");

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture);

    private static string HintOf(string configured) => $"Empty: {configured}, as configured";

    private static (string Concurrency, string Duration, string Failures) Texts(WorkSettings set) => (
        set.Concurrency?.ToString(CultureInfo.InvariantCulture) ?? "", set.Duration is { } duration ? Text(duration) : "", set.FailureRate is { } rate ? Percent(rate) : "");

    private string? FaultOf(string field) => _faults.Where(f => f.Field == field).Select(f => f.Message).FirstOrDefault();

    private void Fill()
    {
        (_seen, _told, _faults) = (Set, Set, []);
        (_concurrency, _duration, _failures) = Texts(_seen);
    }

    private void Follow()
    {
        if (!IsEdited)
        {
            Fill();
        }

        _told = Set;
        StateHasChanged();
    }

    private Task SaveAsync()
    {
        var (change, faults) = Read();
        _faults = faults;
        return faults.Count > 0 ? Task.CompletedTask : ChangeAsync(change, "Saved.");
    }

    private Task ResetAsync() => ChangeAsync(
        new() { Concurrency = Wanted.AsConfigured<int>(), Duration = Wanted.AsConfigured<Storefront.Duration>(), FailureRate = Wanted.AsConfigured<double>() }, "As configured again.");

    private async Task ChangeAsync(DepartmentChange change, string done)
    {
        (_isBusy, _done) = (true, null);
        try
        {
            // Whoever was told what others have set, and saves all the same, means it.
            _faults = await staff.RunAsync(OfficePolicy.Manage, who => controls.ChangeAsync(Department, change with { Seen = _told }, who, CancellationToken.None));
            if (_faults.Count == 0)
            {
                Fill();
                _done = done;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    /// <summary>What the fields ask for, and what is wrong with them.</summary>
    private (DepartmentChange Change, IReadOnlyList<Fault> Faults) Read()
    {
        var faults = new List<Fault>();
        var change = new DepartmentChange
        {
            Concurrency = Read<int>("concurrency", _concurrency, "must be a whole number, such as 16.", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null),
            Duration = Read<Storefront.Duration>("duration", _duration, "must be a length of time from 0 to 24 h, such as 250 ms, 5 s or 2 min.", text => Storefront.Duration.TryParse(text, out var duration) ? duration : null),
            FailureRate = Read<double>("failure_rate", _failures, "must be a number from 0 to 100, such as 30 or 2.5.",
                text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? percent / 100 : null),
        };
        faults.AddRange(change.Faults());
        return (change, faults);

        Wanted<T> Read<T>(string field, string text, string right, Func<string, T?> parse) where T : struct
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return Wanted.AsConfigured<T>();
            }

            if (parse(text.Trim()) is { } value)
            {
                return value;
            }

            faults.Add(new(field, right));
            return default;
        }
    }
}
