namespace Alga.Extensions.Runner.Engine;

/// <summary>A message body: empty, text, or binary.</summary>
public readonly record struct GuestBody
{
    private GuestBody(string? text, byte[]? binary)
    {
        Text = text;
        Binary = binary;
    }

    /// <summary>The text; null unless it is text.</summary>
    public string? Text { get; }

    /// <summary>The bytes; null unless it is binary.</summary>
    public byte[]? Binary { get; }

    /// <summary>Text, the fast path: one copy.</summary>
    public static GuestBody OfText(string text) => new(text, null);

    /// <summary>Bytes. They cross one by one, so keep within <c>PlatformLimits.MaxBinaryBodyBytes</c>.</summary>
    public static GuestBody OfBinary(byte[] binary) => new(null, binary);
}
