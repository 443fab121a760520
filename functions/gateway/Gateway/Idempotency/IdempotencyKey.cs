using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Forward;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Idempotency;

/// <summary>What a caller gives to have a request executed once, however often it is sent (draft-ietf-httpapi-idempotency-key-header).</summary>
/// <param name="Scope">SHA-256 of who vouches for the caller, method, path and key. With another issuer the same subject is another user.</param>
/// <param name="Request">SHA-256 of what else says what the request is about: query, content type, conditions, the extension's own headers, body.</param>
internal sealed record IdempotencyKey(byte[] Scope, byte[] Request)
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Longest key, in characters.</summary>
    public const int MaxLength = 255;

    private static readonly Refusal Malformed = new(
        ErrorCode.InvalidRequest, $"{Header} is one value of 1 to {MaxLength} visible ASCII characters, such as a UUID; send it once.");

    /// <summary>Whether a request asks for it; reading twice changes nothing, so GET and HEAD never do.</summary>
    public static bool IsAskedFor(HttpRequest request) =>
        request.Headers.ContainsKey(Header) && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    /// <summary>The key of a request.</summary>
    /// <param name="request">As it came.</param>
    /// <param name="issuer">Who vouches for its caller, see <see cref="Caller.Issuer"/>.</param>
    /// <param name="path">Its path below the extension, normalised.</param>
    /// <param name="headers">Those that the guest gets, by lower-case name.</param>
    /// <param name="body">Its body.</param>
    public static Outcome<IdempotencyKey> Read(
        HttpRequest request, string issuer, string path, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, ReadOnlySpan<byte> body)
    {
        if (request.Headers[Header] is not [{ Length: > 0 and <= MaxLength } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~')) return Malformed;
        using var scope = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // No issuer, no method, and no normalised path has a line break in it.
        scope.AppendData(Encoding.UTF8.GetBytes($"{issuer}\n{request.Method}\n{path}\n{key}"));
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        content.AppendData(Encoding.UTF8.GetBytes($"{request.QueryString.Value}\n{request.ContentType}\n"));
        foreach (var (name, values) in headers.Where(header => IsPartOfRequest(header.Key)).OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            // No value has a line break in it.
            foreach (var value in values) content.AppendData(Encoding.UTF8.GetBytes($"{name}:{value}\n"));
        }

        content.AppendData(body);
        return new IdempotencyKey(scope.GetHashAndReset(), content.GetHashAndReset());
    }

    /// <summary>Not those that say what the caller understands and what program it is: they may change from one attempt to the next.</summary>
    private static bool IsPartOfRequest(string name) =>
        name.StartsWith(RequestHeaders.ExtensionPrefix, StringComparison.Ordinal) || name.StartsWith("if-", StringComparison.Ordinal);
}
