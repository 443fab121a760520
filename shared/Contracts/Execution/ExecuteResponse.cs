using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Contracts.Execution;

/// <summary>
/// Answer of <c>POST /v1/execute</c> with HTTP status 200: the guest ran, and either answered (<see cref="Error"/> is null)
/// or was stopped (<see cref="Error"/> says why and <see cref="Status"/> is that code's status).
/// A request that never reached a guest is answered with <c>application/problem+json</c> instead.
/// </summary>
public sealed record ExecuteResponse
{
    /// <summary>HTTP status, 200 to 599.</summary>
    public required int Status { get; init; }

    /// <summary>Headers by lower-case name; one that repeats keeps all its values.</summary>
    [JsonConverter(typeof(MultiMapConverter))]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init => field = value ?? ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty; } = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>The body, base64 on the wire; null for none.</summary>
    [JsonPropertyName("body_b64")]
    public byte[]? Body { get; init; }

    public ExecuteError? Error { get; init; }

    public required ExecuteUsage Usage { get; init; }
}

/// <summary>Why a guest gave no answer.</summary>
/// <param name="Code">Wire name of an <see cref="ErrorCode"/>.</param>
/// <param name="Message">For the caller; never text of the guest.</param>
public sealed record ExecuteError(string Code, string Message);

/// <summary>What an execution used.</summary>
public sealed record ExecuteUsage
{
    /// <summary>Wall time from instantiation to answer, in microseconds.</summary>
    public long DurationUs { get; init; }

    /// <summary>Wasm instructions; 0 where fuel is not metered.</summary>
    public long Fuel { get; init; }

    /// <summary>Guest linear memory at the end, the most that it had, in bytes; 0 where the guest did not come to its end.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Bytes sent and received by <c>http.fetch</c>.</summary>
    public long EgressBytes { get; init; }
}
