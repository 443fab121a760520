using System.Text;

namespace Alga.Extensions.HttpEdge;

/// <summary>
/// Keeps what a request's <c>Connection</c> header names beside the options <c>close</c>, <c>keep-alive</c> and <c>upgrade</c> (RFC 9110, 7.6.1): those headers are for
/// this connection and must go no further. Kestrel puts <c>close</c> in the place of <c>close, X-Name</c>, and the same for the others that it
/// knows, before anybody sees the header. It does not where a value has two of them, and so the text of a value that names something else gets
/// <c>close</c> and <c>keep-alive</c>; of the two <c>close</c> counts, and the connection ends after such a request.
/// </summary>
internal sealed class ConnectionHeader : Encoding
{
    private const string Name = "Connection";
    private const string Both = ", close, keep-alive";

    private static readonly ConnectionHeader Instance = new();
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>For <see cref="Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions.RequestHeaderEncodingSelector"/>; all other headers are read as ever.</summary>
    public static Encoding? Select(string header) => header.Length == Name.Length && header.Equals(Name, StringComparison.OrdinalIgnoreCase) ? Instance : null;

    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Read(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(chars.AsSpan(charIndex));
        return text.Length;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount + Both.Length;

    public override int GetByteCount(char[] chars, int index, int count) => Strict.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Strict.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Strict.GetMaxByteCount(charCount);

    private static string Read(ReadOnlySpan<byte> value)
    {
        var text = Strict.GetString(value);
        return NamesOthers(text) ? text + Both : text;
    }

    private static bool NamesOthers(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split(','))
        {
            var name = text[range].Trim();
            if (!name.IsEmpty && !IsOption(name, "close") && !IsOption(name, "keep-alive") && !IsOption(name, "upgrade")) return true;
        }

        return false;
    }

    private static bool IsOption(ReadOnlySpan<char> name, string option) => name.Equals(option, StringComparison.OrdinalIgnoreCase);
}
