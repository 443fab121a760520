using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Alga.Extensions.Testing;

/// <summary>
/// Gives a JSON document with one thing changed, for each thing: every member and element missing, twice, under another name, and with each of a number of other values;
/// and the document cut off, or with something around it. What two readers of a document should agree about.
/// </summary>
public static class JsonMutations
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "1.0", "1e2", "2147483648", "9223372036854775808", "\"\"", "\"x\"", "\"eA==\"", "\"\\u0061\\n\"", "\"\\ud800\"", "[]", "[null]", "[1]", "[\"x\"]", "[[]]", "{}",
        """{"a":null}""", """{"a":1}""", """{"a":"b"}""", """{"a":"b","a":"c"}""", """{"a":"b","\u0061":"c"}""", """{"a":{"b":1,"b":2}}""", """{"a":["x","y"]}""",
        "\"01936b2e-0000-7000-8000-00000000000f\"", "\"01936b2e000070008000000000000001\"", "nul", "", "'x'", "01", "[1,]", "\"\u0001\"",
    ];

    private static readonly Func<string, string>[] Names =
    [
        static name => "x" + name,
        static name => name.ToUpperInvariant(),
        Escape,
        static name => name + "\\ud800",
    ];

    /// <summary>All of them, the document itself first.</summary>
    public static IEnumerable<byte[]> Of(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement.Clone();
        yield return json;
        foreach (var around in new[] { (" ", "\n"), ("\ufeff", ""), ("", "x"), ("", "{}"), ("", "\0"), ("[", "]"), ("/**/", "") }) yield return [.. Encoding.UTF8.GetBytes(around.Item1), .. json, .. Encoding.UTF8.GetBytes(around.Item2)];
        for (var length = 0; length < json.Length; length++) yield return json[..length];
        for (var place = 0; place < json.Length; place++) yield return [.. json[..place], 0xff, .. json[(place + 1)..]];
        var places = new Writer(-1, (_, value) => value).Count(root);
        for (var place = 0; place < places; place++)
        {
            foreach (var value in Values) yield return Changed(place, (name, _) => name is null ? value : $"\"{name}\":{value}");
            foreach (var rename in Names) yield return Changed(place, (name, value) => name is null ? value : $"\"{rename(name)}\":{value}");
            yield return Changed(place, (_, _) => null);
            yield return Changed(place, (name, value) => name is null ? $"{value},{value}" : $"\"{name}\":{value},\"{name}\":{value}");
            yield return Changed(place, (name, value) => name is null ? value : $"\"{name}\":{value},\"{Escape(name)}\":{value}");
        }

        byte[] Changed(int place, Func<string?, string, string?> change) => Encoding.UTF8.GetBytes(new Writer(place, change).Write(root));
    }

    private static string Escape(string name) => name.Length == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)name[0]:x4}{name[1..]}");

    /// <summary>Writes a document, of which one member or element is what a function makes of its name, null in an array, and its value.</summary>
    private sealed class Writer(int place, Func<string?, string, string?> change)
    {
        private int seen;

        public string Write(JsonElement root) => Part(null, root) ?? "";

        public int Count(JsonElement root)
        {
            Write(root);
            return seen;
        }

        private string? Part(string? name, JsonElement value)
        {
            var isChanged = seen++ == place;
            var text = value.ValueKind switch
            {
                JsonValueKind.Object => $"{{{Join(value.EnumerateObject().Select(member => Part(member.Name, member.Value)))}}}",
                JsonValueKind.Array => $"[{Join(value.EnumerateArray().Select(item => Part(null, item)))}]",
                _ => value.GetRawText(),
            };
            if (isChanged) return change(name, text);
            return name is null ? text : $"\"{name}\":{text}";
        }

        private static string Join(IEnumerable<string?> parts) => string.Join(',', parts.Where(part => part is not null));
    }
}
