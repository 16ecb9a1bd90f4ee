using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>Something to measure of a peer that is warm and calm.</summary>
internal interface ICase
{
    /// <summary>How it is asked for on the command line.</summary>
    string Name { get; }

    /// <summary>What the figures mean, in one line.</summary>
    string Meaning { get; }

    Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken);
}
