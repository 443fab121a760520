namespace Alga.Extensions.Signing;

/// <summary>Text from elsewhere, made fit for terminals and logs.</summary>
internal static class Printable
{
    private const int MaxLength = 128;

    public static string Of(string text) =>
        new([.. text.Take(MaxLength).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character)]);
}
