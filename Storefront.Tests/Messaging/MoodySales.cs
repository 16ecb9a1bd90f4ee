using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Storefront.Departments;
using Storefront.Departments.Sales;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Tests.Messaging;

/// <summary>A sales system that does not answer until a test says so; then it books like any other, in the neighbours' book.</summary>
internal sealed class MoodySales(NeighbourBook book) : ISalesSystem
{
    public bool Answers { get; set; }

    public Task<string> BookAsync(Job job, CancellationToken cancellationToken) => Answers
        ? Task.FromResult(book.Ask("sales-system", job.Key, id => $"SO-{id:D8}"))
        : throw new NeighbourFailedException("The sales system did not answer.");

    public Task ReverseAsync(Job job, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Replaying, as tests do it.</summary>
internal static class Replays
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>From now on the sales system answers.</summary>
    public static void Recovers(this TestShop shop) => ((MoodySales)shop.Services.GetRequiredService<ISalesSystem>()).Answers = true;

    /// <summary>Replays all letters, and says how many.</summary>
    public static Task<int> ReplayAsync(this TestShop shop) => shop.Services.GetRequiredService<DeadLetterDesk>().ReplayAsync(LetterSelection.All, "anna", Cancellation);

    /// <summary>The broker delivers a letter's replay, as if it had done so before.</summary>
    public static async Task SendAgainAsync(this Outsider outsider, DeadLetter letter)
    {
        var properties = new BasicProperties { Persistent = true, MessageId = letter.MessageId ?? $"replay:{letter.Id}", CorrelationId = letter.CorrelationId, Type = letter.Type };
        properties.Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-replay-of"] = letter.Id };
        await outsider.Channel.BasicPublishAsync("", letter.Queue, mandatory: true, properties, letter.Body, Cancellation);
    }

    /// <summary>Waits until sales has dealt with all that lies in its queue. (It works at one message at a time, so what stands behind them tells.)</summary>
    public static async Task SalesAreThroughAsync(this TestShop shop, Outsider outsider)
    {
        await outsider.SendAsync("shop.sales", "marker");
        await Watching.UntilAsync("sales have read the marker", async () =>
        {
            await using var db = shop.OpenDatabase();
            return db.DeadLetters.AsEnumerable().Any(l => l.Body.AsSpan().SequenceEqual("marker"u8));
        }, Cancellation);
    }
}
