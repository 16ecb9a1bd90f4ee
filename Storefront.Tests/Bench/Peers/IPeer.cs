namespace Storefront.Tests.Bench.Peers;

/// <summary>A program that takes <c>POST /order</c> and sees the order through: the shop, or what one would write instead.</summary>
internal interface IPeer
{
    /// <summary>How it is called in the report.</summary>
    string Label { get; }

    /// <summary>Whether it has everything a shop has: pages, a hub, departments.</summary>
    bool IsShop { get; }

    /// <summary>The folder it has to be started in.</summary>
    string Folder { get; }

    /// <summary>The command that starts it.</summary>
    IEnumerable<string> Command(Surroundings surroundings);

    /// <summary>The command that starts a process beside it that only works.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    IEnumerable<string> WorkCommand(Surroundings surroundings) => throw new InvalidOperationException($"{Label} works in one process only.");

    /// <summary>A query with one number as its answer: orders that are not at their end.</summary>
    string CountUnfinished { get; }

    /// <summary>A query with one number as its answer, 0 when nothing at all is left to be done; cheap, since it is asked often.</summary>
    string CountBusy { get; }

    /// <summary>The queues it declares.</summary>
    IEnumerable<string> Queues { get; }
}

/// <summary>What a peer is given.</summary>
/// <param name="Address">Where to listen.</param>
/// <param name="Broker">The AMQP URI of its broker.</param>
/// <param name="Data">An existing folder that belongs to it.</param>
/// <param name="Settings">Further settings, as <c>Key=value</c>: its database among them.</param>
internal sealed record Surroundings(Uri Address, Uri Broker, string Data, IReadOnlyList<string> Settings);
