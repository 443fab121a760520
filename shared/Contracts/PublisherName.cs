using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Contracts;

/// <summary>A publisher's name, such as <c>alga-samples</c> or <c>com.acme</c>: 2 to 64 lower-case letters, digits, inner dots and hyphens.</summary>
public static partial class PublisherName
{
    /// <summary>Whether a text is a valid name.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => text is not null && Pattern().IsMatch(text);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*\z(?<=\A.{2,64})", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
