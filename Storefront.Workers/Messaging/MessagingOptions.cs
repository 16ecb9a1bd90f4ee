using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using RabbitMQ.Client;
using Storefront.Messaging.Queues;

namespace Storefront.Messaging;

/// <summary>Section <c>Broker</c>: where RabbitMQ is.</summary>
public sealed class BrokerOptions : IValidatableObject
{
    public const string Section = "Broker";

    /// <summary>An AMQP URI; empty: <c>guest</c> on localhost:5672. Nothing there: the shop opens all the same and goes on looking.</summary>
    public string? Uri { get; set; }

    /// <summary>
    /// Where RabbitMQ's management API answers, with an account of its own (<c>http://user:password@host:15672</c>) or with that of <see cref="Uri"/>; <c>off</c>: it is
    /// not asked. Empty: at port 15672 of the broker (15671, encrypted, of one at <c>amqps</c>), as long as the broker itself is at its usual port.
    /// </summary>
    public string? Management { get; set; }

    /// <summary>The URI to use.</summary>
    internal Uri Address => new(string.IsNullOrWhiteSpace(Uri) ? "amqp://guest:guest@localhost:5672" : Uri);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsAmqp())
        {
            // Not quoted: it may hold a password.
            yield return new("Broker:Uri must be an AMQP URI such as amqp://guest:guest@localhost:5672.", [nameof(Uri)]);
        }

        if (!string.IsNullOrWhiteSpace(Management) && !ManagementAddress.IsOff(Management) && !ManagementAddress.IsAddress(Management))
        {
            // Nor this.
            yield return new("Broker:Management must be the address of RabbitMQ's management API, such as http://localhost:15672, or off.", [nameof(Management)]);
        }
    }

    private bool IsAmqp()
    {
        try
        {
            _ = new ConnectionFactory { Uri = Address };
            return true;
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>Kinds of queue for <c>shop.*</c>.</summary>
public enum QueueType { Classic, Quorum }

/// <summary>Section <c>Messaging</c>.</summary>
public sealed class MessagingOptions : IValidatableObject
{
    public const string Section = "Messaging";

    private static readonly IReadOnlyList<Duration> DefaultDelays =
        [Duration.OfSeconds(5), Duration.OfSeconds(30), Duration.OfSeconds(120), Duration.OfSeconds(600)];

    /// <summary>Of the <c>shop.*</c> queues: <c>Classic</c>, or <c>Quorum</c> for a cluster. <c>orders</c> is always declared without arguments.</summary>
    public QueueType QueueType { get; set; } = QueueType.Classic;

    /// <summary>Four delays before the second to fifth attempt; empty: 5 s, 30 s, 2 min, 10 min. Jittered by a tenth either way, not scaled.</summary>
    public DelayList RetryDelays { get; set; } = [];

    /// <summary>How long an order may stand still, with no message left that could move it, before it is set going again; 1 s to 24 h.</summary>
    public Duration SweepAfter { get; set; } = Duration.OfSeconds(60);

    /// <summary>The delay after a failed attempt, counted from 1.</summary>
    internal TimeSpan DelayAfter(int attempt)
    {
        var delays = RetryDelays.Count == 0 ? DefaultDelays : [.. RetryDelays];
        var delay = delays[Math.Clamp(attempt, 1, delays.Count) - 1].Value;
        return delay * (0.9 + (Random.Shared.NextDouble() * 0.2));
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetryDelays.Count is not (0 or 4))
        {
            yield return new($"Messaging:RetryDelays must be four delays; there are {RetryDelays.Count}.", [nameof(RetryDelays)]);
        }

        if (SweepAfter.Value < TimeSpan.FromSeconds(1))
        {
            yield return new($"Messaging:SweepAfter must be a length of time from 1 s to 24 h; it is {SweepAfter}.", [nameof(SweepAfter)]);
        }
    }
}

/// <summary>Delays in a setting: one key each (<c>RetryDelays:0</c>), or one text parted by commas (<c>5 s, 30 s, 2 min, 10 min</c>).</summary>
[TypeConverter(typeof(DelayListConverter))]
public sealed class DelayList : List<Duration>;

/// <summary>Reads a <see cref="DelayList"/> from one text.</summary>
public sealed class DelayListConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <exception cref="FormatException">One of them is not a length of time.</exception>
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value)
    {
        var one = new DurationConverter();
        var delays = new DelayList();
        delays.AddRange(((string)value).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => (Duration)one.ConvertFrom(context, culture, text)));
        return delays;
    }
}
