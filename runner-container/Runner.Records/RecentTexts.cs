namespace Alga.Extensions.Runner.Records;

/// <summary>
/// Texts that were seen lately. Records wait to be written together, and what the garbage collector finds alive of them is what it takes
/// its time for: most of it are texts that say the same in each. Thread-safe; it never holds more than <see cref="Capacity"/>.
/// </summary>
public sealed class RecentTexts
{
    /// <summary>Texts that it holds at most. A power of two.</summary>
    public const int Capacity = 4_096;

    /// <summary>Longest text that is held, in UTF-16 code units.</summary>
    public const int MaxLength = 256;

    private readonly string?[] texts = new string?[Capacity];

    /// <summary>An equal text: the one that is held, or this one, which takes the place of another.</summary>
    public string Share(string text)
    {
        if (text.Length > MaxLength) return text;
        ref var place = ref texts[text.GetHashCode(StringComparison.Ordinal) & (Capacity - 1)];
        var held = place;
        return held == text ? held : place = text;
    }
}
