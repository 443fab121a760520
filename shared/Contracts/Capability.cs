using System.Collections.Frozen;

namespace Alga.Extensions.Contracts;

/// <summary>The capabilities that a manifest may ask for and an admin may grant. <c>context</c> and <c>log</c> need none.</summary>
public static class Capability
{
    public const string StorageKv = "storage.kv";
    public const string HttpFetch = "http.fetch";
    public const string SecretsGet = "secrets.get";
    public const string MetricsEmit = "metrics.emit";

    /// <summary>Prefix of a capability in the <c>providers</c> of an execute request, as in <c>cap:http.fetch</c>.</summary>
    public const string ProviderPrefix = "cap:";

    /// <summary>All known capabilities; an unknown one in a manifest, grant or token is an error, never dropped.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.ToFrozenSet([StorageKv, HttpFetch, SecretsGet, MetricsEmit], StringComparer.Ordinal);
}
