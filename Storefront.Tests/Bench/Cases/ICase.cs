using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>Something to measure of a peer.</summary>
internal interface ICase
{
    /// <summary>How it is asked for on the command line.</summary>
    string Name { get; }

    /// <summary>What the figures mean, in one line.</summary>
    string Meaning { get; }

    /// <summary>Whether the peer can do at all what is measured.</summary>
    bool Suits(IPeer peer) => true;

    /// <summary>Whether the case starts the peer in its own way; otherwise it finds it warm and with nothing left to do.</summary>
    bool StartsItself => false;

    /// <summary>Whether it can only be measured where the database is a server, because it takes several processes or writes into it from outside.</summary>
    bool NeedsServer => false;

    /// <summary>More rounds than this say nothing more.</summary>
    int MostRounds => int.MaxValue;

    /// <summary>One measurement.</summary>
    /// <exception cref="TimeoutException">It took for ever.</exception>
    /// <exception cref="InvalidOperationException">The peer did not do what was asked of it.</exception>
    Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken);
}
