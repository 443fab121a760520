using System.Security.Cryptography;

namespace Alga.Extensions.LoadReports;

/// <summary>
/// The key that those who report share with the scaler. It is good for nothing else: who has it can make replicas come and
/// go between their bounds, and neither calls an extension nor reads anything.
/// </summary>
public static class LoadReportKey
{
    /// <summary>Name of the key in the vault, base64 there.</summary>
    public const string SecretName = "alga-load-report-key";

    /// <summary>Shortest key, in bytes.</summary>
    public const int MinimumBytes = 32;

    /// <summary>Value of the <c>Authorization</c> header for a report.</summary>
    public static string Sign(ReadOnlySpan<byte> key, ReadOnlySpan<byte> report) =>
        $"{LoadReport.Scheme} {Convert.ToBase64String(HMACSHA256.HashData(key, report))}";

    /// <summary>Whether the header belongs to exactly these bytes.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> report, string? authorization)
    {
        if (key.Length < MinimumBytes || authorization is null || !authorization.StartsWith(LoadReport.Scheme + " ", StringComparison.Ordinal)) return false;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(authorization[(LoadReport.Scheme.Length + 1)..], given, out var length)
            && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(key, report));
    }
}
