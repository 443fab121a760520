using System.Text.Json;

namespace Alga.Extensions.Registry.Executions;

/// <summary>One execution of an extension, as its tenant's admins see it.</summary>
public record ExecutionView
{
    public required Guid ExecutionId { get; init; }

    public required DateTime StartedAt { get; init; }

    /// <summary>What the answer carried as <c>x-request-id</c>.</summary>
    public required Guid RequestId { get; init; }

    public string? TraceId { get; init; }

    public required Guid InstallId { get; init; }

    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string Method { get; init; }

    /// <summary>Route template of the manifest.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Null for events and schedules.</summary>
    public string? UserId { get; init; }

    /// <summary>HTTP status: the extension's answer, or the error code's; 499 for <c>cancelled</c>.</summary>
    public required int Status { get; init; }

    /// <summary>Error code, or <c>cancelled</c>; null where the extension answered.</summary>
    public string? Code { get; init; }

    /// <summary>Time of the extension, in microseconds.</summary>
    public required long DurationUs { get; init; }

    /// <summary>Time it waited for a thread, in microseconds.</summary>
    public required long QueueUs { get; init; }

    /// <summary>Wasm instructions; 0 where they were not counted.</summary>
    public required long Fuel { get; init; }

    public required long MemoryBytes { get; init; }

    public required long EgressBytes { get; init; }

    /// <summary>Whether it wrote log lines.</summary>
    public required bool HasLogs { get; init; }

    /// <summary>Whether it was recorded and can be replayed.</summary>
    public required bool HasRecording { get; init; }
}

/// <summary>One execution with its log.</summary>
public sealed record ExecutionDetails : ExecutionView
{
    /// <summary>Its log lines: <c>{atUs, level, message, fields?}</c> each.</summary>
    public required JsonElement Logs { get; init; }
}
