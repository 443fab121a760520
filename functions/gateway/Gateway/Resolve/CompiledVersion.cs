using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>What the gateway needs of a version's manifest. A version never changes, so it is compiled once.</summary>
internal sealed record CompiledVersion(
    EndpointTable Endpoints,
    ManifestLimits Limits,
    IReadOnlyList<string> Capabilities,
    IReadOnlyList<string> Egress,
    IReadOnlyList<ExecuteSecret> Secrets);
