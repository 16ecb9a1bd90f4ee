using Storefront.Languages;

namespace Storefront.Web.Store.Home.Workshop;

/// <summary>What the workshop does, in the visitor's words.</summary>
public static class WorkshopWords
{
    /// <summary>What a room does, in a few words.</summary>
    public static string Doing(this Words words, RoomNow room) => room switch
    {
        { InHand.Count: > 0, Waiting.Count: > 0 } => $"{words.Some("home.now.hand", room.InHand)}, {words.Some("home.now.waiting", room.Waiting)}",
        { InHand.Count: > 0 } => words.Some("home.now.hand", room.InHand),
        { Waiting.Count: > 0 } => words.Some("home.now.waiting", room.Waiting),
        _ => words["home.now.quiet"],
    };

    /// <summary>How many orders came in the last hour.</summary>
    public static string LastHour(this Words words, UpTo orders) => words.Some("home.now.hour", orders);

    /// <summary>How long ago something was, roughly.</summary>
    public static string Ago(this Words words, TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => words["home.now.moment"],
        { TotalHours: < 1 } => words.Count("home.now.minutes", (long)time.TotalMinutes),
        { TotalDays: < 1 } => words.Count("home.now.hours", (long)time.TotalHours),
        _ => words.Count("home.now.days", (long)time.TotalDays),
    };

    private static string Some(this Words words, string key, UpTo number) => number.IsMost ? words.Say($"{key}.many", ("count", UpTo.Most)) : words.Count(key, number.Count);
}
