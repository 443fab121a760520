using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Contracts;

/// <summary>
/// An extension's name in reverse domain form, such as <c>com.acme.reports</c>: 3 to 128 characters, two to eight
/// labels of lower-case letters, digits and inner hyphens, each starting with a letter.
/// The name is the extension's id on every wire.
/// </summary>
public static partial class ExtensionName
{
    /// <summary>Longest name accepted.</summary>
    public const int MaxLength = 128;

    /// <summary>Whether a text is a valid name.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => text is { Length: <= MaxLength } && Pattern().IsMatch(text);

    [GeneratedRegex(@"\A[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?){1,7}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
