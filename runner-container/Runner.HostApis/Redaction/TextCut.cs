namespace Alga.Extensions.Runner.HostApis;

/// <summary>Cuts text without leaving half a character.</summary>
internal static class TextCut
{
    /// <summary>At most so many UTF-16 code units; a surrogate pair on the edge goes whole.</summary>
    public static string At(string text, int maxLength)
    {
        if (text.Length <= maxLength) return text;
        var length = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text[..length];
    }
}
