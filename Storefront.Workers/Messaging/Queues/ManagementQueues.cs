using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Storefront.Messaging.Queues;

/// <summary>Asks RabbitMQ's management API, in two requests: for the queues of ours, and for the nodes' alarms.</summary>
public sealed class ManagementQueues(IOptions<BrokerOptions> options, HttpClient http, TimeProvider time) : IQueueSource
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The most that an answer about so few queues can be.</summary>
    private const int MaxBytes = 1 << 20;

    private const string Columns = "name,messages_ready,messages_unacknowledged,consumers,head_message_timestamp,message_stats.publish_details.rate,message_stats.deliver_get_details.rate";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString };

    public FiguresSource Kind => FiguresSource.Management;

    /// <summary>A client that waits as long as it may, and follows nobody elsewhere with the password.</summary>
    public static HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MaxBytes,
    };

    public async Task<BrokerFigures> ReadAsync(IReadOnlyList<string> queues, CancellationToken cancellationToken)
    {
        var address = ManagementAddress.Of(options.Value, out var reason) ?? throw new FiguresNotHadException(reason);
        // By name, so that however many queues others have at the broker, the answer is short.
        var names = Uri.EscapeDataString($"^({string.Join('|', queues.Select(q => q.Replace(".", "[.]", StringComparison.Ordinal)))})$");
        var page = await AskAsync<Page>(address, $"api/queues/{Uri.EscapeDataString(address.Host)}?page=1&page_size=100&use_regex=true&name={names}&columns={Columns}", cancellationToken);
        var found = (page.Items ?? throw new FiguresNotHadException("the management API's answer has no queues in it")).ToDictionary(q => q.Name, StringComparer.Ordinal);
        return new(time.GetUtcNow(), Kind, null, [.. queues.Select(q => found.GetValueOrDefault(q) is { } queue ? FiguresOf(queue) : new(q) { IsMissing = true })])
        {
            Alarms = await AlarmsAsync(address, cancellationToken),
        };
    }

    private static QueueFigures FiguresOf(Queue queue) => new(queue.Name)
    {
        Ready = queue.MessagesReady,
        Unacked = queue.MessagesUnacknowledged,
        Consumers = queue.Consumers,
        InRate = queue.MessageStats?.PublishDetails?.Rate,
        OutRate = queue.MessageStats?.DeliverGetDetails?.Rate,
        // Whoever sends a message sets its time, so it may be anything.
        HeadSentAt = queue.HeadMessageTimestamp is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(queue.HeadMessageTimestamp.Value) : null,
    };

    private async Task<IReadOnlyList<string>?> AlarmsAsync(ManagementAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var nodes = await AskAsync<Node[]>(address, "api/nodes?columns=name,mem_alarm,disk_free_alarm", cancellationToken);
            return [.. nodes.SelectMany(n => new[] { n.MemAlarm == true ? $"memory alarm at {n.Name}" : null, n.DiskFreeAlarm == true ? $"disk alarm at {n.Name}" : null }).OfType<string>()];
        }
        catch (FiguresNotHadException)
        {
            // It takes another right than the queues; the connection says when the broker is blocked.
            return null;
        }
    }

    private async Task<T> AskAsync<T>(ManagementAddress address, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address.Root, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address.User}:{address.Password}")));
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw new JsonException(),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new FiguresNotHadException($"the management API does not let '{address.User}' look"),
                HttpStatusCode.NotFound => throw new FiguresNotHadException($"the management API knows no virtual host '{address.Host}'"),
                var other => throw new FiguresNotHadException($"the management API answers {(int)other}"),
            };
        }
        catch (HttpRequestException e)
        {
            throw new FiguresNotHadException($"the management plugin is off, or not at {address.Root}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FiguresNotHadException("the management API does not answer in time", e);
        }
        catch (JsonException e)
        {
            throw new FiguresNotHadException($"what answers at {address.Root} is not RabbitMQ's management API", e);
        }
    }

    private sealed record Page(Queue[]? Items);

    private sealed record Queue(string Name, long? MessagesReady, long? MessagesUnacknowledged, int? Consumers, long? HeadMessageTimestamp, Stats? MessageStats);

    private sealed record Stats(Details? PublishDetails, Details? DeliverGetDetails);

    private sealed record Details(double? Rate);

    private sealed record Node(string Name, bool? MemAlarm, bool? DiskFreeAlarm);
}
