using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// The spellings in which a secret turns up in text: as it is, inside JSON, percent-encoded, in hex, and in base64, where
/// it looks different at each of three offsets because what stands before it shifts the bits.
/// </summary>
internal static class SecretForms
{
    /// <summary>Shorter values are not looked for: they occur in any text by chance.</summary>
    public const int MinLength = 4;

    // Shorter pieces of base64 occur by chance.
    private const int MinBase64Length = 6;

    /// <summary>All spellings, longest first, so that none is cut up by a shorter one; none for a short value.</summary>
    public static string[] Of(string value)
    {
        if (value.Length < MinLength) return [];
        var forms = new HashSet<string>(StringComparer.Ordinal) { value };
        forms.Add(JsonEncodedText.Encode(value).ToString());
        forms.Add(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
        forms.Add(Uri.EscapeDataString(value));
        forms.Add(Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal));
        var bytes = Encoding.UTF8.GetBytes(value);
        forms.Add(Convert.ToHexString(bytes));
        forms.Add(Convert.ToHexStringLower(bytes));
        for (var offset = 0; offset < 3; offset++) AddBase64(forms, bytes, offset);
        return [.. forms.Where(form => form.Length >= MinLength).OrderByDescending(form => form.Length)];
    }

    /// <summary>The characters that depend on the value alone, whatever stands before and after it.</summary>
    private static void AddBase64(HashSet<string> forms, byte[] value, int offset)
    {
        var text = Convert.ToBase64String([.. new byte[offset], .. value]);
        var first = offset == 0 ? 0 : offset + 1;
        var last = (offset + value.Length) * 8 / 6;
        if (last - first < MinBase64Length) return;
        var stable = text[first..last];
        forms.Add(stable);
        forms.Add(stable.Replace('+', '-').Replace('/', '_'));
    }
}
