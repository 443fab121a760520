using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Alga.Extensions.Contracts;

/// <summary>
/// Origins of host applications that may show pages of extensions, as a <c>frame-ancestors</c> policy names them
/// (https://www.w3.org/TR/CSP3/#directive-frame-ancestors).
/// </summary>
public static class HostOrigins
{
    /// <summary>Most origins of one tenant.</summary>
    public const int MaxOrigins = 20;

    /// <summary>Longest origin, in characters.</summary>
    public const int MaxLength = 260;

    /// <summary>Number of hex digits of a list's id.</summary>
    public const int IdLength = 32;

    /// <summary>Whether a text is scheme and host alone, the first label of which may be <c>*</c>: <c>https://app.example.com</c>, <c>https://*.example.com</c>.</summary>
    /// <remarks>
    /// What a policy is made of is compared with what a parser makes of it: no spaces, semicolons, paths or users. Names with other letters than ASCII's have
    /// to be written as they are in DNS (<c>xn--bcher-kva.example</c>): a header has ASCII alone.
    /// </remarks>
    public static bool IsOrigin([NotNullWhen(true)] string? text)
    {
        if (text is null) return false;
        var plain = text.Replace("://*.", "://any.", StringComparison.Ordinal);
        return text.Length <= MaxLength
            && Ascii.IsValid(text)
            && Uri.TryCreate(plain, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http"
            && uri.GetLeftPart(UriPartial.Authority) == plain
            && uri.UserInfo.Length == 0;
    }

    /// <summary>What names a list: the same origins in any order have the same id.</summary>
    public static string IdOf(IEnumerable<string> origins) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', origins.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)))))[..IdLength];

    /// <summary>Whether a text has the form of an id.</summary>
    public static bool IsId(string text) => text.Length == IdLength && text.All(char.IsAsciiHexDigitLower);
}
