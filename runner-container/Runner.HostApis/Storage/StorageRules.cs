using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>What a guest may store. Each check gives null, or what to change.</summary>
internal static partial class StorageRules
{
    public static string? FindNamespaceFault(string ns) =>
        NamespacePattern().IsMatch(ns) ? null : "A namespace is 1 to 64 lower-case letters, digits, hyphens and underscores, and starts with a letter or digit.";

    public static string? FindKeyFault(string key)
    {
        if (key.Length is 0 or > StorageLimits.MaxKeyBytes || Encoding.UTF8.GetByteCount(key) > StorageLimits.MaxKeyBytes)
        {
            return $"A key has 1 to {StorageLimits.MaxKeyBytes} bytes.";
        }

        return FindTextFault(key, "A key");
    }

    public static string? FindPrefixFault(string prefix) =>
        Encoding.UTF8.GetByteCount(prefix) > StorageLimits.MaxKeyBytes
            ? $"A prefix has at most {StorageLimits.MaxKeyBytes} bytes."
            : FindTextFault(prefix, "A prefix");

    public static string? FindWriteFault(StorageWrite write)
    {
        if (FindKeyFault(write.Key) is { } keyFault) return keyFault;
        if (write.TtlSeconds is 0 or > StorageLimits.MaxTtlSeconds) return $"ttl-seconds is 1 to {StorageLimits.MaxTtlSeconds}; leave it out to keep the entry.";
        return FindRevisionFault(write.IfRevision) ?? FindValueFault(write.Value);
    }

    public static string? FindRevisionFault(ulong? revision) =>
        revision > long.MaxValue ? "if-revision is larger than any revision." : null;

    private static string? FindValueFault(string value)
    {
        if (value.Length > StorageLimits.MaxValueBytes) return TooLarge;
        var bytes = Encoding.UTF8.GetBytes(value);
        if (bytes.Length > StorageLimits.MaxValueBytes) return TooLarge;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = StorageLimits.MaxValueDepth });
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException exception)
        {
            return $"The value is not a JSON document nested at most {StorageLimits.MaxValueDepth} deep; the fault is at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
        }
    }

    // PostgreSQL stores no NUL, and text from a guest has no lone surrogates but a test may.
    private static string? FindTextFault(string text, string what)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value < ' ' || rune.Value == Rune.ReplacementChar.Value) return $"{what} has no control characters and no replacement characters.";
        }

        return null;
    }

    private static readonly string TooLarge = $"A value has at most {StorageLimits.MaxValueBytes} bytes; split it over several keys.";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamespacePattern();
}
