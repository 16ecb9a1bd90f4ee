using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>A department at its queue: reads which order a message is about and has the task run.</summary>
public sealed class DepartmentStation(
    IDepartment department, TaskRuns runs, QueueConsumers consumers, DeadLetterBox letters, IOptionsMonitor<DepartmentOptions> options, ILogger<DepartmentStation> log) : IBrokerStation
{
    public Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        var settings = options.Get(department.Name.ToString());
        return settings.Enabled
            ? consumers.Of(Topology.QueueOf(department.Name.Text()), settings.Concurrency, HandleAsync, log).RunAsync(session, stop)
            : Task.Delay(Timeout.Infinite, stop);
    }

    /// <summary>The run belongs to the process: when the channel goes, only the waiting for it ends. (A channel is not closed before its handlers have returned.)</summary>
    private Task HandleAsync(Delivery delivery, CancellationToken cancellationToken) => ReadNumber(delivery.Body, out var number) is { } fault
        ? letters.WriteAsync(delivery, fault, null, cancellationToken)
        : runs.RunAsync(department, number, ActionOf(delivery), delivery).WaitAsync(cancellationToken);

    private static TaskAction ActionOf(Delivery delivery) => delivery.Type == OrderMessages.CancelledType ? TaskAction.Undo : TaskAction.Do;

    private static string? ReadNumber(byte[] body, out OrderNumber number)
    {
        number = default;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("order_num", out var value) && value.ValueKind == JsonValueKind.String
                && OrderNumber.TryParse(value.GetString(), out number) ? null : "It does not say which order it is about: order_num must be an order number.";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not valid UTF-8 or UTF-16.
            return $"It is not JSON in UTF-8: {e.Message}";
        }
    }
}
