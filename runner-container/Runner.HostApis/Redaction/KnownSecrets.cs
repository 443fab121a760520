namespace Alga.Extensions.Runner.HostApis;

/// <summary>The secret values that an invocation has come across, to take them out of whatever is written down.</summary>
internal sealed class KnownSecrets
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Placeholder = "[secret]";

    private HashSet<string>? values;
    private string[] forms = [];

    /// <summary>Length of the longest spelling; 0 when nothing is known.</summary>
    public int LongestForm => forms.Length == 0 ? 0 : forms[0].Length;

    public void Add(string value)
    {
        values ??= new(StringComparer.Ordinal);
        if (!values.Add(value)) return;
        forms = [.. forms.Concat(SecretForms.Of(value)).OrderByDescending(form => form.Length)];
    }

    /// <summary>The same secrets, to be added to on another thread.</summary>
    public KnownSecrets Copy() => new() { forms = forms, values = values is null ? null : new(values, StringComparer.Ordinal) };

    /// <summary>The text with a placeholder for each secret.</summary>
    public string Redact(string text)
    {
        foreach (var form in forms)
        {
            if (text.Contains(form, StringComparison.Ordinal)) text = text.Replace(form, Placeholder, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The same, cut to a length, so that no beginning of a secret is left at the cut.</summary>
    public string RedactAndCut(string text, int maxLength)
    {
        if (forms.Length == 0) return TextCut.At(text, maxLength);
        var room = maxLength + LongestForm;
        if (text.Length <= room) return TextCut.At(Redact(text), maxLength);
        // A secret that the cut parts begins within the length of the longest one before it.
        var redacted = Redact(TextCut.At(text, room));
        return TextCut.At(redacted[..Math.Max(0, redacted.Length - LongestForm)], maxLength);
    }
}
