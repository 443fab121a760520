using System.Text.Json.Serialization;

namespace Alga.Extensions.Contracts.Execution;

/// <summary>Source-generated JSON of the execute exchange: snake_case, no duplicate or unknown members.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ExecuteRequest))]
[JsonSerializable(typeof(ExecuteResponse))]
public sealed partial class ExecutionJson : JsonSerializerContext
{
}
