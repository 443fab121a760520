using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Where a scan goes on: after the last key that it gave. Writes in between move nothing, so no record that was there all
/// the time is skipped or given twice.
/// </summary>
internal static class StorageCursor
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string After(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    public static bool TryParse(string cursor, string prefix, [NotNullWhen(true)] out string? key)
    {
        key = null;
        if (cursor.Length is 0 or > StorageLimits.MaxKeyBytes * 2) return false;
        try
        {
            key = Strict.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return false;
        }

        return StorageRules.FindKeyFault(key) is null && key.StartsWith(prefix, StringComparison.Ordinal);
    }
}
