namespace Alga.Extensions.Manifest;

/// <summary>The endpoint that answers a request.</summary>
/// <param name="Endpoint">The most specific one.</param>
/// <param name="Params">Values of its template's parameters, enumerated in template order.</param>
public sealed record EndpointMatch(ManifestEndpoint Endpoint, IReadOnlyDictionary<string, string> Params);
