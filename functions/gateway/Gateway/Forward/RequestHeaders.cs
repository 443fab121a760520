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

    private static readonly FrozenSet<string> Allowed = FrozenSet.ToFrozenSet(
        [
            "accept", "accept-language", "content-type", "idempotency-key", "user-agent",
            "if-match", "if-none-match", "if-modified-since", "if-unmodified-since",
        ],
        StringComparer.Ordinal);

    /// <summary>The allowed ones by lower-case name, or <see cref="ErrorCode.HeadersTooLarge"/>.</summary>
    public static Outcome<Dictionary<string, IReadOnlyList<string>>> Filter(IHeaderDictionary headers)
    {
        var kept = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var bytes = 0;
        var count = 0;
        var hopByHop = HopByHop(headers);
        foreach (var (name, values) in headers)
        {
            var lower = name.ToLowerInvariant();
            if (!IsAllowed(lower) || hopByHop.Contains(lower)) continue;

            string[] texts = [.. values.Select(value => value ?? "")];
            count += texts.Length;
            bytes += texts.Sum(text => lower.Length + Encoding.UTF8.GetByteCount(text));
            if (count > PlatformLimits.MaxHeaderCount || bytes > PlatformLimits.MaxHeaderBytes) return TooLarge;
            kept[lower] = texts;
        }

        return kept;
    }

    /// <summary>Whether a lower-case name may pass. An underscore never does: many servers read it as a hyphen.</summary>
    public static bool IsAllowed(string lowerName) =>
        Allowed.Contains(lowerName)
        || (lowerName.Length > ExtensionPrefix.Length && lowerName.StartsWith(ExtensionPrefix, StringComparison.Ordinal) && !lowerName.Contains('_', StringComparison.Ordinal));

    private static HashSet<string> HopByHop(IHeaderDictionary headers) =>
        [.. headers.Connection.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).Select(name => name.ToLowerInvariant())];

    private static Refusal TooLarge { get; } = new(
        ErrorCode.HeadersTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The headers for the extension are more than {PlatformLimits.MaxHeaderCount} or have more than {PlatformLimits.MaxHeaderBytes} bytes."));
}
