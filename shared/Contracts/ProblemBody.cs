using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Contracts;

/// <summary>Body of every error answer, <c>application/problem+json</c> (RFC 9457).</summary>
public sealed record ProblemBody
{
    /// <summary>Wire name of the <see cref="ErrorCode"/>.</summary>
    public required string Code { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What to change, for this occurrence.</summary>
    public required string Detail { get; init; }

    /// <summary>The same as header <c>x-request-id</c>.</summary>
    public required string RequestId { get; init; }

    /// <summary>Single faults where there can be several, such as of a manifest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Errors { get; init; }
}

/// <summary>Source-generated JSON of <see cref="ProblemBody"/>: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemBody))]
public sealed partial class ProblemJson : JsonSerializerContext
{
    /// <summary>For writing: quotes and angle brackets stand as they are, since a person may read the answer and no browser takes it for a page.</summary>
    public static ProblemJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
