using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Forward;

/// <summary>
/// The request headers that a guest sees: content negotiation, conditions, the idempotency key and the extension's own
/// <c>x-ext-*</c>. Everything else, credentials, cookies and the names of proxies and of the platform, stays here.
/// </summary>
public static class RequestHeaders
{
    /// <summary>Prefix of headers that belong to extensions.</summary>
    public const string ExtensionPrefix = "x-ext-";

    // From a name in any case to the lower-case one: no text is made for a header that everybody sends.
    private static readonly FrozenDictionary<string, string> Allowed = new[]
    {
        "accept", "accept-language", "content-type", "idempotency-key", "user-agent",
        "if-match", "if-none-match", "if-modified-since", "if-unmodified-since",
    }.ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The allowed ones by lower-case name, or <see cref="ErrorCode.HeadersTooLarge"/>.</summary>
    public static Outcome<Dictionary<string, IReadOnlyList<string>>> Filter(IHeaderDictionary headers)
    {
        var kept = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var bytes = 0;
        var count = 0;
        var hopByHop = HopByHop(headers);
        foreach (var (name, values) in headers)
        {
            if (LowerAllowed(name) is not { } lower || hopByHop.Contains(lower)) continue;

            var texts = new string[values.Count];
            for (var index = 0; index < texts.Length; index++)
            {
                texts[index] = values[index] ?? "";
                bytes += lower.Length + Encoding.UTF8.GetByteCount(texts[index]);
            }

            count += texts.Length;
            if (count > PlatformLimits.MaxHeaderCount || bytes > PlatformLimits.MaxHeaderBytes) return TooLarge;
            kept[lower] = texts;
        }

        return kept;
    }

    /// <summary>Whether a header of this name, in any case, may pass. One with an underscore never does: many servers read it as a hyphen.</summary>
    public static bool IsAllowed(string name) => LowerAllowed(name) is not null;

    private static string? LowerAllowed(string name)
    {
        if (Allowed.TryGetValue(name, out var known)) return known;
        var isExtension = name.Length > ExtensionPrefix.Length && name.StartsWith(ExtensionPrefix, StringComparison.OrdinalIgnoreCase) && !name.Contains('_', StringComparison.Ordinal);
        return isExtension ? name.ToLowerInvariant() : null;
    }

    private static IReadOnlySet<string> HopByHop(IHeaderDictionary headers) => headers.Connection.Count == 0
        ? FrozenSet<string>.Empty
        : new HashSet<string>(headers.Connection.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)), StringComparer.OrdinalIgnoreCase);

    private static Refusal TooLarge { get; } = new(
        ErrorCode.HeadersTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The headers for the extension are more than {PlatformLimits.MaxHeaderCount} or have more than {PlatformLimits.MaxHeaderBytes} bytes."));
}
