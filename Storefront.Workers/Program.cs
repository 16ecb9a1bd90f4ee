using System.CommandLine;
using RabbitMQ.Client.Exceptions;
using Storefront.Letters;
using Storefront.Tutorial;

namespace Storefront;

/// <summary>The workers standing alone: <c>work</c>, the departments beside a shop; <c>produce</c> and <c>watch</c>, the tutorial's two programs; and <c>letters</c>, for what died.</summary>
internal static class WorkersProgram
{
    private static readonly Option<Uri> Broker = new("--broker", "-b")
    {
        Description = "AMQP URI of the broker",
        DefaultValueFactory = _ => new(Environment.GetEnvironmentVariable("Broker__Uri") is { Length: > 0 } uri ? uri : "amqp://guest:guest@localhost:5672"),
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" ? uri : Refuse<Uri>(result, "--broker must be an AMQP URI such as amqp://guest:guest@localhost:5672."),
    };

    private static readonly Option<int?> Count = new("--count", "-n")
    {
        Description = "Stop after so many messages; without it, go on until Ctrl-C",
        CustomParser = result => int.TryParse(result.Tokens[0].Value, out var count) && count > 0 ? count : Refuse<int?>(result, "--count must be a whole number of 1 or more."),
    };

    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Storefront's workers, standing alone")
        {
            Command("produce", "Put random orders on the queue 'orders', as the tutorial's producer does", (broker, count, ct) => new Produce(broker, Console.Out).RunAsync(count, ct)),
            Command("watch", "Print what happens to orders, from a queue of its own", (broker, count, ct) => new Watch(broker, Console.Out).RunAsync(count, ct)),
            WorkCommand.Build(),
            LettersCommand.Build(Broker),
        };
        // Work in hand is ended by the host, which listens to the signals itself and takes its time.
        return await root.Parse(args).InvokeAsync(args is [WorkCommand.Name, ..] ? new InvocationConfiguration { ProcessTerminationTimeout = null } : null);
    }

    private static Command Command(string name, string description, Func<Uri, int?, CancellationToken, Task> run)
    {
        var command = new Command(name, description) { Broker, Count };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                await run(parsed.GetRequiredValue(Broker), parsed.GetValue(Count), cancellationToken);
                return 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return 0;
            }
            catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or PublishException or IOException)
            {
                var broker = parsed.GetRequiredValue(Broker);
                await Console.Error.WriteLineAsync($"{name}: the broker at {broker.Host}:{(broker.IsDefaultPort ? 5672 : broker.Port)} cannot be used: {e.GetBaseException().Message}");
                return 1;
            }
        });
        return command;
    }

    /// <summary>Says what is wrong with an argument, in place of its value.</summary>
    internal static T? Refuse<T>(System.CommandLine.Parsing.ArgumentResult result, string why)
    {
        result.AddError(why);
        return default;
    }
}
