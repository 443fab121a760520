using System.Buffers;
using System.Collections.Frozen;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// What a guest may answer. A broken rule refuses the whole answer as <c>invalid_response</c>, so that its author sees
/// the mistake instead of a header that silently went missing.
/// </summary>
public static class ResponseRules
{
    /// <summary>Longest header name, in characters.</summary>
    public const int MaxHeaderNameLength = 256;

    // RFC 9110 token characters, lower case only: the ABI says so, and HTTP/2 does as well.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz");

    // Visible ASCII, space and tab. Beyond ASCII has no agreed meaning in a header.
    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create([(char)9, .. Enumerable.Range(32, 95).Select(code => (char)code)]);

    // The connection's own headers, framing that only the server knows, and cookies: extensions share the host's site.
    private static readonly FrozenSet<string> Forbidden = FrozenSet.ToFrozenSet(
        [
            "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
            "transfer-encoding", "upgrade", "content-length", "set-cookie", "set-cookie2", WireHeaders.RequestId,
        ],
        StringComparer.Ordinal);

    internal static readonly Refusal TooManyHeaders = Invalid($"more than {PlatformLimits.MaxHeaderCount} headers");
    internal static readonly Refusal HeadersTooLarge = Invalid($"headers of more than {PlatformLimits.MaxHeaderBytes} bytes together");
    private static readonly Refusal BinaryTooLarge = Invalid($"a binary body of more than {PlatformLimits.MaxBinaryBodyBytes} bytes");
    private static readonly Refusal TextTooLarge = Invalid($"a body of more than {PlatformLimits.MaxTextBodyBytes} bytes");

    /// <summary>Only final answers: 200 to 599.</summary>
    public static Refusal? CheckStatus(int status) => status is >= 200 and <= 599 ? null : Invalid($"status {status}; use 200 to 599");

    /// <summary>Names, values, count and size.</summary>
    public static Refusal? CheckHeaders(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (headers.Count > PlatformLimits.MaxHeaderCount) return TooManyHeaders;
        var bytes = 0;
        for (var i = 0; i < headers.Count; i++)
        {
            var (name, value) = headers[i];
            if (name.Length is 0 or > MaxHeaderNameLength || name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                return Invalid($"a name of header {i + 1} that is not a lower-case token of 1 to {MaxHeaderNameLength} characters");
            }

            if (Forbidden.Contains(name)) return Invalid($"header {name}, which is not an extension's to set");
            if (value.AsSpan().ContainsAnyExcept(ValueCharacters)) return Invalid($"a value of header {i + 1} with line breaks, control characters or characters beyond ASCII");
            bytes += name.Length + value.Length;
            if (bytes > PlatformLimits.MaxHeaderBytes) return HeadersTooLarge;
        }

        return null;
    }

    /// <summary>Size, and that answers which have no body by definition have none.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="bytes">The body's size; of a text in UTF-8.</param>
    /// <param name="isBinary">Whether it is binary.</param>
    public static Refusal? CheckBody(int status, int bytes, bool isBinary)
    {
        if (status is 204 or 205 or 304 && bytes > 0) return Invalid($"a body with status {status}, which has none");
        if (isBinary) return bytes > PlatformLimits.MaxBinaryBodyBytes ? BinaryTooLarge : null;
        return bytes > PlatformLimits.MaxTextBodyBytes ? TextTooLarge : null;
    }

    // Forbidden names are from our own list; nothing else of the guest's text is repeated.
    private static Refusal Invalid(string what) => new(ErrorCode.InvalidResponse, $"The extension answered with {what}.");
}
