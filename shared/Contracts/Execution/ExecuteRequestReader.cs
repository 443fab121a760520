using System.Text.Json;

namespace Alga.Extensions.Contracts.Execution;

/// <summary>
/// Reads an execute request exactly as <see cref="ExecutionJson"/> would, but for nulls in lists and maps, which are refused here. The runner does it for
/// each request; members that few requests have are left to the serializer.
/// </summary>
/// <remarks>What is absent or empty is null here, which the accessors of the records make empty.</remarks>
public static class ExecuteRequestReader
{
    /// <summary>The request.</summary>
    /// <exception cref="JsonException">Members are unknown, missing, null or repeated, or values of another type; or it is no JSON.</exception>
    public static ExecuteRequest Read(ReadOnlySpan<byte> json) => JsonValues.Document(json, Request);

    private static ExecuteRequest Request(ref Utf8JsonReader reader)
    {
        ExecuteContext? context = null;
        ExecuteHttp? http = null;
        ExecuteEvent? received = null;
        ExecuteLimits? limits = null;
        List<string>? providers = null, egress = null;
        List<ExecuteSecret>? secrets = null;
        ExecuteUser? user = null;
        ExecuteRecording? recording = null;
        var members = JsonMembers.Of(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (members.Take(ref reader, "context"u8, 0)) context = Context(ref reader);
            else if (members.Take(ref reader, "http"u8, 1)) http = Http(ref reader);
            else if (members.Take(ref reader, "limits"u8, 2)) limits = Limits(ref reader);
            else if (members.Take(ref reader, "providers"u8, 3)) providers = JsonValues.Texts(ref reader);
            else if (members.Take(ref reader, "egress"u8, 4)) egress = JsonValues.Texts(ref reader);
            else if (members.Take(ref reader, "secrets"u8, 5)) secrets = JsonValues.Items(ref reader, Secret);
            else if (members.Take(ref reader, "user"u8, 6)) user = reader.TokenType == JsonTokenType.Null ? null : User(ref reader);
            else if (members.Take(ref reader, "event"u8, 7)) received = JsonSerializer.Deserialize(ref reader, ExecutionJson.Default.ExecuteEvent);
            else if (members.Take(ref reader, "recording"u8, 8)) recording = JsonSerializer.Deserialize(ref reader, ExecutionJson.Default.ExecuteRecording);
            else throw JsonMembers.Unknown();
        }

        members.Require(0b111);
        return new ExecuteRequest
        {
            Context = context!,
            Http = http!,
            Event = received,
            Limits = limits!,
            Providers = providers!,
            Egress = egress!,
            Secrets = secrets!,
            User = user,
            Recording = recording,
        };
    }

    private static ExecuteContext Context(ref Utf8JsonReader reader)
    {
        Guid requestId = default, tenantId = default, installId = default, versionId = default;
        string? extensionId = null, version = null, contentHash = null;
        IReadOnlyDictionary<string, JsonElement>? config = null;
        var members = JsonMembers.Of(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (members.Take(ref reader, "request_id"u8, 0)) requestId = JsonValues.Guid(ref reader);
            else if (members.Take(ref reader, "tenant_id"u8, 1)) tenantId = JsonValues.Guid(ref reader);
            else if (members.Take(ref reader, "extension_id"u8, 2)) extensionId = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "install_id"u8, 3)) installId = JsonValues.Guid(ref reader);
            else if (members.Take(ref reader, "version_id"u8, 4)) versionId = JsonValues.Guid(ref reader);
            else if (members.Take(ref reader, "version"u8, 5)) version = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "content_hash"u8, 6)) contentHash = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "config"u8, 7)) config = JsonValues.Map(ref reader, Element);
            else throw JsonMembers.Unknown();
        }

        members.Require(0b111_1111);
        return new ExecuteContext
        {
            RequestId = requestId,
            TenantId = tenantId,
            ExtensionId = extensionId!,
            InstallId = installId,
            VersionId = versionId,
            Version = version!,
            ContentHash = contentHash!,
            Config = config!,
        };
    }

    private static ExecuteHttp Http(ref Utf8JsonReader reader)
    {
        string? method = null, path = null, endpoint = null;
        IReadOnlyDictionary<string, string>? parameters = null;
        IReadOnlyDictionary<string, IReadOnlyList<string>>? query = null, headers = null;
        byte[]? body = null;
        var members = JsonMembers.Of(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (members.Take(ref reader, "method"u8, 0)) method = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "path"u8, 1)) path = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "endpoint"u8, 2)) endpoint = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "params"u8, 3)) parameters = JsonValues.Map(ref reader, JsonValues.Text);
            else if (members.Take(ref reader, "query"u8, 4)) query = MultiMapConverter.Read(ref reader);
            else if (members.Take(ref reader, "headers"u8, 5)) headers = MultiMapConverter.Read(ref reader);
            else if (members.Take(ref reader, "body_b64"u8, 6)) body = JsonValues.OptionalBytes(ref reader);
            else throw JsonMembers.Unknown();
        }

        members.Require(0b111);
        return new ExecuteHttp { Method = method!, Path = path!, Endpoint = endpoint!, Params = parameters!, Query = query!, Headers = headers!, Body = body };
    }

    private static ExecuteLimits Limits(ref Utf8JsonReader reader)
    {
        int? timeoutMs = null, memoryMb = null;
        long? fuel = null;
        var members = JsonMembers.Of(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (members.Take(ref reader, "timeout_ms"u8, 0)) timeoutMs = JsonValues.OptionalInt32(ref reader);
            else if (members.Take(ref reader, "memory_mb"u8, 1)) memoryMb = JsonValues.OptionalInt32(ref reader);
            else if (members.Take(ref reader, "fuel"u8, 2)) fuel = JsonValues.OptionalInt64(ref reader);
            else throw JsonMembers.Unknown();
        }

        return new ExecuteLimits { TimeoutMs = timeoutMs, MemoryMb = memoryMb, Fuel = fuel };
    }

    private static ExecuteUser User(ref Utf8JsonReader reader)
    {
        string? id = null, email = null, name = null;
        List<string>? roles = null;
        var members = JsonMembers.Of(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (members.Take(ref reader, "id"u8, 0)) id = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "email"u8, 1)) email = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "name"u8, 2)) name = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "roles"u8, 3)) roles = JsonValues.Texts(ref reader);
            else throw JsonMembers.Unknown();
        }

        members.Require(0b1);
        return new ExecuteUser { Id = id!, Email = email!, Name = name!, Roles = roles! };
    }

    private static ExecuteSecret Secret(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, ExecutionJson.Default.ExecuteSecret) ?? throw new JsonException("A secret is null.");

    private static JsonElement Element(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, ExecutionJson.Default.JsonElement);
}
