using System.Text.Json;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Manifest.Reading;

/// <summary>
/// An object of the manifest, read member by member. What is wrong is noted with its path and reading goes on, so that
/// every fault is found in one go; a member that could not be read counts as absent.
/// </summary>
internal sealed class Section(JsonElement element, string path, List<ManifestFault> faults)
{
    /// <summary>Notes a fault of a member.</summary>
    public void Fault(string member, string problem) => faults.Add(new(At(member), problem));

    /// <summary>Whether the member is there, whatever its type.</summary>
    public bool Has(string member) => element.TryGetProperty(member, out _);

    /// <summary>Whether the member is a list without items.</summary>
    public bool IsEmptyList(string member) =>
        element.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0;

    /// <summary>Notes each member that is not one of these.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name)) Fault(Printable(member.Name), $"unknown field; remove it. Known here: {string.Join(", ", known)}");
        }
    }

    /// <summary>A member that has to be there, as text.</summary>
    public string? RequiredText(string member, int maxLength)
    {
        if (!Has(member))
        {
            Fault(member, "is missing; add it");
            return null;
        }

        return Text(member, maxLength);
    }

    /// <summary>Text of 1 to a number of characters, none of them a control character; null when absent.</summary>
    public string? Text(string member, int maxLength, int minLength = 1)
    {
        if (!element.TryGetProperty(member, out var value)) return null;
        return TextOf(value, member, maxLength, minLength);
    }

    /// <summary>Text in a pattern; null when absent.</summary>
    public string? Text(string member, int maxLength, Regex pattern, string problem)
    {
        if (Text(member, maxLength) is not { } text) return null;
        if (pattern.IsMatch(text)) return text;
        Fault(member, problem);
        return null;
    }

    /// <summary>A whole number within bounds; null when absent.</summary>
    public int? Number(string member, int min, int max)
    {
        if (!element.TryGetProperty(member, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max) return number;
        Fault(member, $"must be a whole number from {min} to {max}");
        return null;
    }

    /// <summary>True or false; null when absent.</summary>
    public bool? Flag(string member)
    {
        if (!element.TryGetProperty(member, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Fault(member, "must be true or false");
        return null;
    }

    /// <summary>An object to be read on; null when absent.</summary>
    public Section? Object(string member) =>
        RawObject(member) is { } value ? new Section(value, At(member), faults) : null;

    /// <summary>An object as it stands, with its own lifetime; null when absent.</summary>
    public JsonElement? RawObject(string member)
    {
        if (!element.TryGetProperty(member, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Object) return value.Clone();
        Fault(member, "must be an object");
        return null;
    }

    /// <summary>The names of this object's members.</summary>
    public IEnumerable<string> Members() => element.EnumerateObject().Select(member => member.Name);

    /// <summary>A list of objects, each to be read on; empty when absent.</summary>
    public IReadOnlyList<Section> Objects(string member, int maxCount)
    {
        var sections = new List<Section>();
        foreach (var (value, at) in Items(member, maxCount))
        {
            if (value.ValueKind == JsonValueKind.Object) sections.Add(new Section(value, At(at), faults));
            else Fault(at, "must be an object");
        }

        return sections;
    }

    /// <summary>A list of different texts, each checked by a rule that names what is wrong; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string member, int maxCount, int maxLength, Func<string, string?> findFault)
    {
        var texts = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (value, at) in Items(member, maxCount))
        {
            if (TextOf(value, at, maxLength, minLength: 1) is not { } text) continue;
            if (!seen.Add(text)) Fault(at, $"'{Printable(text)}' is there twice; keep one");
            else if (findFault(text) is { } problem) Fault(at, problem);
            else texts.Add(text);
        }

        return texts;
    }

    private IEnumerable<(JsonElement Value, string At)> Items(string member, int maxCount)
    {
        if (!element.TryGetProperty(member, out var list)) yield break;
        if (list.ValueKind != JsonValueKind.Array)
        {
            Fault(member, "must be a list");
            yield break;
        }

        if (list.GetArrayLength() > maxCount)
        {
            Fault(member, $"has {list.GetArrayLength()} items, more than the {maxCount} allowed");
            yield break;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray()) yield return (item, $"{member}[{index++}]");
    }

    private string? TextOf(JsonElement value, string at, int maxLength, int minLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Fault(at, "must be a text");
            return null;
        }

        var text = value.GetString()!;
        if (text.Length >= minLength && text.Length <= maxLength && !text.Any(char.IsControl)) return text;
        Fault(at, $"must have {minLength} to {maxLength} characters, none of them a control character");
        return null;
    }

    private string At(string member) => path.Length == 0 ? member : $"{path}.{member}";

    // Names come from a publisher and end up in terminals and logs.
    private static string Printable(string text) =>
        new([.. text.Take(64).Select(character => char.IsControl(character) ? '?' : character)]);
}
