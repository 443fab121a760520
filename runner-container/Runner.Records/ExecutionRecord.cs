using System.Text.Json.Serialization;

namespace Alga.Extensions.Runner.Records;

/// <summary>What one execution leaves behind: one row of <c>extension_execution_log</c>. Whoever ran comes from a verified service token.</summary>
public sealed record ExecutionRecord
{
    /// <summary><see cref="Code"/> of a request whose caller went away before it began; no answer carries it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary><see cref="Status"/> of such a request, as nginx has it.</summary>
    public const int CancelledStatus = 499;

    /// <summary>UUIDv7; what makes a record that is written twice count once.</summary>
    public required Guid ExecutionId { get; init; }

    public required Guid TenantId { get; init; }

    /// <summary>When the request was let in.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required Guid RequestId { get; init; }

    /// <summary>32 hex digits (W3C Trace Context); null when the request is not traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>The extension's name.</summary>
    public required string ExtensionId { get; init; }

    public required Guid InstallId { get; init; }

    public required Guid VersionId { get; init; }

    public required string Version { get; init; }

    public required string Method { get; init; }

    /// <summary>Route template of the manifest.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Null for events and schedules.</summary>
    public string? UserId { get; init; }

    /// <summary>HTTP status: the guest's answer, or the error code's.</summary>
    public required int Status { get; init; }

    /// <summary>Wire name of the error code, or <see cref="Cancelled"/>; null for an answer of the guest.</summary>
    public string? Code { get; init; }

    /// <summary>Time of the guest in microseconds; 0 when it did not begin.</summary>
    public long DurationUs { get; init; }

    /// <summary>Time it waited for a thread, in microseconds.</summary>
    public long QueueUs { get; init; }

    /// <summary>Wasm instructions; 0 where they are not metered.</summary>
    public long Fuel { get; init; }

    /// <summary>Guest linear memory in bytes; 0 where it cannot be read.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Bytes sent and received by <c>http.fetch</c>.</summary>
    public long EgressBytes { get; init; }

    /// <summary>Log lines, a JSON array; null for none.</summary>
    public string? Logs { get; init; }
}

/// <summary>Records as they stand in the spool.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecutionRecord))]
internal sealed partial class RecordJson : JsonSerializerContext
{
}
