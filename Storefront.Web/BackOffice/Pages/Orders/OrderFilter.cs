using System.Globalization;
using Microsoft.Extensions.Primitives;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>In which order a list shows its orders.</summary>
public enum OrderSort { Newest, Oldest, Dearest, Cheapest }

/// <summary>Which orders a list shows, and in which order. Lives in the address, so a list can be kept, shared and gone back to.</summary>
/// <param name="Status">Only orders that have come this far.</param>
/// <param name="Attention">Only orders with a task out of attempts.</param>
/// <param name="Room">Only orders with unfinished work in this room, its turn having come.</param>
/// <param name="State">Only orders with a task in this state (in <paramref name="Room"/>, if given).</param>
/// <param name="Search">An order number, an e-mail address, or how the customer's name begins.</param>
public sealed record OrderFilter(OrderStatus? Status = null, bool Attention = false, Department? Room = null, TaskState? State = null, string? Search = null)
{
    public static OrderFilter None { get; } = new();

    /// <summary>Only orders that came in there.</summary>
    public OrderSource? Source { get; init; }

    /// <summary>Only orders placed on this day, by the shop's clock, or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only orders placed on this day, by the shop's clock, or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only orders worth this much or more, in minor units.</summary>
    public long? Least { get; init; }

    /// <summary>Only orders worth this much or less, in minor units.</summary>
    public long? Most { get; init; }

    public OrderSort Sort { get; init; }

    /// <summary>The same orders, in the order in which they came in, the newest first.</summary>
    public bool IsAll => this with { Sort = OrderSort.Newest } == None;

    /// <summary>The list's address with this filter, at its top.</summary>
    public string Address => OfficeAddress.Orders + QueryString.Create(Words());

    /// <summary>Where the same orders are to be had as a file.</summary>
    public string CsvAddress => OfficeAddress.OrdersCsv + QueryString.Create(Words());

    /// <summary>From the words of an address; what is not a word of ours is left out.</summary>
    public static OrderFilter Read(IReadOnlyDictionary<string, StringValues> words)
    {
        var state = Term<TaskState>(Word("state"));
        return new(
            Term<OrderStatus>(Word("status")), Word("attention") == "true", Term<Department>(Word("room")), state is { } known && RoomLoad.States.Contains(known) ? known : null,
            Word("q") is { } search && !string.IsNullOrWhiteSpace(search) ? Cut(search.Trim()) : null)
        {
            Source = Term<OrderSource>(Word("source")),
            From = Day(Word("from")),
            To = Day(Word("to")),
            Least = Amount(Word("min")),
            Most = Amount(Word("max")),
            Sort = Term<OrderSort>(Word("sort")) ?? OrderSort.Newest,
        };

        string? Word(string name) => words.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    /// <summary>A term by its lower-case name; null for anything else.</summary>
    public static T? Term<T>(string? word) where T : struct, Enum => Enum.GetValues<T>().Where(t => t.Text() == word).Select(t => (T?)t).FirstOrDefault();

    /// <summary>A day as <c>2026-11-26</c>; null for anything else.</summary>
    public static DateOnly? Day(string? word) =>
        DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 3000 ? day : null;

    /// <summary>An amount in major units (<c>18.50</c>) in minor ones; null for anything else.</summary>
    public static long? Amount(string? word) =>
        decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) && Money.TryToMinor(major, out var minor) ? minor : null;

    /// <summary>An amount as it stands in an address or a field.</summary>
    public static string? Text(long? minor) => minor is { } amount ? Money.ToMajor(amount).ToString("0.##", CultureInfo.InvariantCulture) : null;

    /// <summary>A day as it stands in an address or a field.</summary>
    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What the filter asks for, to be said in a sentence about orders.</summary>
    public override string ToString() => string.Join(", ", Parts().DefaultIfEmpty("all"));

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200];

    private IEnumerable<KeyValuePair<string, string?>> Words() => new KeyValuePair<string, string?>[]
    {
        new("status", Status?.Text()), new("attention", Attention ? "true" : null), new("room", Room?.Text()), new("state", State?.Text()), new("source", Source?.Text()),
        new("from", Text(From)), new("to", Text(To)), new("min", Text(Least)), new("max", Text(Most)), new("q", Search), new("sort", Sort == OrderSort.Newest ? null : Sort.Text()),
    }.Where(w => w.Value is not null);

    private IEnumerable<string> Parts() => new[]
    {
        Status?.Text(),
        Attention ? "needing attention" : null,
        Room is null && State is null ? null : $"{State?.Text() ?? "at work"} in {(Room is { } room ? Rooms.Of(room).Name : "any room")}",
        Source is { } source ? $"from {source switch { OrderSource.Shop => "the shop's pages", OrderSource.Api => "the API", OrderSource.Simulation => "the simulation", _ => "the queue" }}" : null,
        From is null ? null : $"since {Text(From)}",
        To is null ? null : $"until {Text(To)}",
        Least is null ? null : $"worth {Text(Least)} or more",
        Most is null ? null : $"worth {Text(Most)} or less",
        Search is null ? null : $"“{Search}”",
    }.OfType<string>();
}
