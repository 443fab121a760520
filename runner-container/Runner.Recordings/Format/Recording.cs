using System.Text.Json.Nodes;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>One execution, so that it can run again: what it was asked, what the platform answered it, and how it ended. Without secrets.</summary>
public sealed record Recording
{
    /// <summary>The format that this class reads and writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Largest recording, in bytes of JSON. A larger execution leaves none.</summary>
    public const int MaxBytes = 1024 * 1024;

    public int Format { get; init; } = CurrentFormat;

    public required Guid ExecutionId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The extension's name.</summary>
    public required string ExtensionId { get; init; }

    public required string Version { get; init; }

    /// <summary>Hash of the bundle that ran, in its written form.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Time that the guest had, in milliseconds.</summary>
    public required int TimeoutMs { get; init; }

    /// <summary>Memory that the guest had, in MiB.</summary>
    public required int MemoryMb { get; init; }

    /// <summary>The request; null for an event.</summary>
    public GuestRequest? Request { get; init; }

    /// <summary>The event; null for a request.</summary>
    public GuestEvent? Event { get; init; }

    public required RecordedSources Sources { get; init; }

    /// <summary>The host calls that have an answer, in order.</summary>
    public required IReadOnlyList<RecordedCall> Calls { get; init; }

    public required RecordedEnd End { get; init; }
}

/// <summary>Random numbers and clocks.</summary>
/// <param name="Seed">32 bytes from which all random numbers follow.</param>
/// <param name="WallClock">Readings in nanoseconds since 1970.</param>
/// <param name="MonotonicClock">Readings in nanoseconds since the guest began.</param>
public sealed record RecordedSources(byte[] Seed, IReadOnlyList<ulong> WallClock, IReadOnlyList<ulong> MonotonicClock);

/// <summary>One host call.</summary>
/// <param name="Name">Interface and function, such as <c>storage.get</c>.</param>
/// <param name="Arguments">An object with a member for each argument.</param>
/// <param name="Answer">The value, or <c>{ok}</c> or <c>{error: {kind, message}}</c> where the function can fail; null when the platform failed.</param>
/// <param name="TookUs">How long it took, in microseconds.</param>
public sealed record RecordedCall(string Name, JsonNode? Arguments, JsonNode? Answer, long TookUs);

/// <summary>How an execution ended: with an answer, or with an error code.</summary>
public sealed record RecordedEnd
{
    /// <summary>The answer's status; null when there is none.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init => field = value ?? []; } = [];

    public GuestBody Body { get; init; }

    /// <summary>Wire name of the error code; null for an answer.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }
}
