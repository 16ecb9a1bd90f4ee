namespace Storefront.Tests.Bench.Report;

/// <summary>One number that a measurement yields; its name holds the unit.</summary>
internal sealed record Figure(string Name, double Value);

/// <summary>One run of one case.</summary>
internal sealed record Measurement(string Case, string Peer, int Round, IReadOnlyList<Figure> Figures);
