using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Contracts.Execution;

/// <summary>Body of <c>POST /v1/execute</c>. Trusted only as far as the service token's hash of these very bytes reaches.</summary>
/// <remarks>The JSON source generator sets an absent member that is init-only to null, hence the defaults in the accessors.</remarks>
public sealed record ExecuteRequest
{
    public required ExecuteContext Context { get; init; }

    public required ExecuteHttp Http { get; init; }

    /// <summary>The event to receive; absent for a request. Then <see cref="Http"/> is as <see cref="ExecuteEvent.ToHttp"/> gives it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExecuteEvent? Event { get; init; }

    public required ExecuteLimits Limits { get; init; }

    /// <summary>Granted capabilities, each <c>cap:</c> and a name of <see cref="Capability"/>.</summary>
    public IReadOnlyList<string> Providers { get; init => field = value ?? []; } = [];

    /// <summary>Hosts that <c>http.fetch</c> may reach: granted and declared, in the manifest's notation. Empty means none.</summary>
    public IReadOnlyList<string> Egress { get; init => field = value ?? []; } = [];

    /// <summary>Secrets that the version declares and the install may use. Empty means none.</summary>
    public IReadOnlyList<ExecuteSecret> Secrets { get; init => field = value ?? []; } = [];

    /// <summary>Who calls; absent for events and schedules.</summary>
    public ExecuteUser? User { get; init; }

    /// <summary>Whether the execution is recorded; absent where the tenant's admin did not turn that on, or this one is not in the sample.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExecuteRecording? Recording { get; init; }
}

/// <summary>How an execution is recorded.</summary>
/// <param name="OnlyErrors">Whether the recording is kept only when the extension fails: an error code, or a status of 500 or more.</param>
/// <param name="KeepDays">Days for which the recording is kept, 1 to <see cref="MaxKeepDays"/>.</param>
public sealed record ExecuteRecording(bool OnlyErrors, int KeepDays)
{
    /// <summary>Longest time that a recording is kept, in days.</summary>
    public const int MaxKeepDays = 30;

    /// <summary>How long a recording is kept where nobody says otherwise, in days.</summary>
    public const int DefaultKeepDays = 7;
}

/// <summary>A secret that an invocation may use.</summary>
/// <param name="Name">Its name in the manifest.</param>
/// <param name="MaxAgeDays">Age in days, 1 to 3,650, from which its value is refused; null for no limit.</param>
public sealed record ExecuteSecret(string Name, int? MaxAgeDays = null);

/// <summary>What runs, for whom.</summary>
public sealed record ExecuteContext
{
    public required Guid RequestId { get; init; }

    public required Guid TenantId { get; init; }

    /// <summary>The extension's name.</summary>
    public required string ExtensionId { get; init; }

    public required Guid InstallId { get; init; }

    public required Guid VersionId { get; init; }

    /// <summary>SemVer 2 of the version.</summary>
    public required string Version { get; init; }

    /// <summary><see cref="ContentHash"/> in its written form.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The install's non-secret settings: a string stays as it is, anything else is passed on as JSON text.</summary>
    public IReadOnlyDictionary<string, JsonElement> Config { get; init => field = value ?? ReadOnlyDictionary<string, JsonElement>.Empty; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}

/// <summary>The HTTP request that the guest answers.</summary>
public sealed record ExecuteHttp
{
    /// <summary>Upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Path below the extension's root, percent-decoded once, starting with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>The manifest's route template that matched.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Values of the template's parameters, in template order.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Query parameters; one that repeats keeps all its values.</summary>
    [JsonConverter(typeof(MultiMapConverter))]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Query { get; init => field = value ?? ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty; } = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Headers by lower-case name; one that repeats keeps all its values.</summary>
    [JsonConverter(typeof(MultiMapConverter))]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init => field = value ?? ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty; } = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>The body, base64 on the wire; null for none.</summary>
    [JsonPropertyName("body_b64")]
    public byte[]? Body { get; init; }
}

/// <summary>Bounds of one execution; the runner lowers them to its own where they are higher.</summary>
public sealed record ExecuteLimits
{
    /// <summary>Guest time including host calls, in milliseconds, 1 to <see cref="PlatformLimits.MaxTimeoutMs"/>; null for the default.</summary>
    public int? TimeoutMs { get; init; }

    /// <summary>Guest memory in MiB, 1 to <see cref="PlatformLimits.MaxMemoryMb"/>; null for the default.</summary>
    public int? MemoryMb { get; init; }

    /// <summary>Wasm instructions; null for no fuel limit.</summary>
    public long? Fuel { get; init; }
}

/// <summary>The user on whose behalf the host application calls.</summary>
public sealed record ExecuteUser
{
    public required string Id { get; init; }

    public string Email { get; init => field = value ?? ""; } = "";

    public string Name { get; init => field = value ?? ""; } = "";

    public IReadOnlyList<string> Roles { get; init => field = value ?? []; } = [];
}
