using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Alga.Extensions.Contracts;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Edge;

/// <summary>Answers of the registry.</summary>
internal static class RegistryResults
{
    /// <summary>A refusal, with the registry's status where the error table has one.</summary>
    public static IResult ToProblem(this Refusal refusal) => new ProblemResult(refusal) { AtRegistry = true };

    /// <summary>A refusal with its single faults.</summary>
    public static IResult ToProblem(this Refusal refusal, IReadOnlyList<string>? errors) =>
        new ProblemResult(refusal) { AtRegistry = true, Errors = errors };

    /// <summary>A JSON body.</summary>
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        Results.Json(value, type, statusCode: status);

    /// <summary>Reads a JSON body strictly: unknown or repeated members and missing ones are refused.</summary>
    /// <param name="call">The call.</param>
    /// <param name="type">What the body is.</param>
    /// <param name="maxBytes">Largest body, in bytes.</param>
    public static async Task<Outcome<T>> ReadJsonAsync<T>(this RegistryCall call, JsonTypeInfo<T> type, int maxBytes)
        where T : class
    {
        if (!call.Http.HasJsonContentType()) return new Refusal(ErrorCode.InvalidRequest, "Send the body as application/json.");
        var read = await BoundedBody.ReadAsync(call.Http, maxBytes, call.Aborted).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var refusal)) return refusal;
        using (body)
        {
            try
            {
                if (JsonSerializer.Deserialize(body.Memory.Span, type) is { } value) return value;
                return new Refusal(ErrorCode.InvalidRequest, "The body is a JSON object, not null.");
            }
            catch (JsonException exception)
            {
                return new Refusal(
                    ErrorCode.InvalidRequest,
                    $"The body is not the JSON that is documented for this request (at {Shown(exception.Path)}); check names, types and repeated or missing members.");
            }
        }
    }

    /// <summary>As <see cref="ReadJsonAsync{T}"/>; no body at all stands for one without members.</summary>
    public static async Task<Outcome<T>> ReadOptionalJsonAsync<T>(this RegistryCall call, JsonTypeInfo<T> type, int maxBytes)
        where T : class, new() =>
        call.Http.ContentLength is null or 0 && call.Http.Headers.TransferEncoding.Count == 0
            ? new T()
            : await call.ReadJsonAsync(type, maxBytes).ConfigureAwait(false);

    private static string Shown(string? path) => path is null ? "its start" : path.Length <= 100 ? path : path[..100];
}
