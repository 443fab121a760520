using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Alga.Extensions.Contracts;

/// <summary>
/// A UUID as it is written on every wire (RFC 9562): 36 characters, hexadecimal digits in either case and hyphens, such as
/// <c>01936b2e-0000-7000-8000-00000000ac3e</c>. Text that came from outside is read here and not with <see cref="Guid"/>'s own methods,
/// which take white space around it and signs in it.
/// </summary>
public static class UuidText
{
    private const int Length = 36;

    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>Whether a text is a UUID, and which.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid id)
    {
        id = default;
        return text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Characters) && Guid.TryParseExact(text, "D", out id);
    }

    /// <summary>Whether a text is a UUID.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => TryParse(text, out _);
}
