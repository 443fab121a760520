using System.Text.RegularExpressions;

namespace Alga.Extensions.Bundles.Types;

/// <summary>
/// Reads the functions of the platform's own <c>extension.wit</c>, so that a component's types are compared with the one place that
/// defines them. Understands as much of WIT as that file uses, and throws on more.
/// </summary>
internal sealed partial class WitReader
{
    private readonly ShapeTable shapes;
    private readonly Dictionary<string, Dictionary<string, int>> types = new(StringComparer.Ordinal);
    private readonly Queue<string> tokens;

    private WitReader(string text, ShapeTable shapes)
    {
        this.shapes = shapes;
        tokens = new Queue<string>(Token().Matches(text).Where(match => match.Groups["token"].Success).Select(match => match.Value));
    }

    /// <summary>The shape of each function, by interface and name; interfaces without functions are there too.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Read(ShapeTable shapes)
    {
        using var stream = typeof(WitReader).Assembly.GetManifestResourceStream("extension.wit")!;
        using var reader = new StreamReader(stream);
        return new WitReader(reader.ReadToEnd(), shapes).ReadFile();
    }

    private Dictionary<string, IReadOnlyDictionary<string, int>> ReadFile()
    {
        var interfaces = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal);
        SkipPast(";");
        while (tokens.Count > 0)
        {
            var kind = tokens.Dequeue();
            var name = tokens.Dequeue();
            if (kind == "world") SkipPast("}");
            else if (kind == "interface") interfaces.Add(name, ReadInterface(name));
            else throw Unknown(kind);
        }

        return interfaces;
    }

    private Dictionary<string, int> ReadInterface(string name)
    {
        var known = types[name] = new Dictionary<string, int>(StringComparer.Ordinal);
        var functions = new Dictionary<string, int>(StringComparer.Ordinal);
        Expect("{");
        while (tokens.Peek() != "}")
        {
            var word = tokens.Dequeue();
            switch (word)
            {
                case "use":
                    ReadUse(known);
                    break;
                case "type":
                    var alias = tokens.Dequeue();
                    Expect("=");
                    known.Add(alias, ReadType(known));
                    Expect(";");
                    break;
                case "record":
                    known.Add(tokens.Dequeue(), shapes.Record(ReadMembers(known, typed: true).Select(member => (member.Name, member.Type!.Value))));
                    break;
                case "variant":
                    known.Add(tokens.Dequeue(), shapes.Variant(ReadMembers(known, typed: false)));
                    break;
                case "enum":
                    known.Add(tokens.Dequeue(), shapes.Enum(ReadMembers(known, typed: false).Select(member => member.Name)));
                    break;
                default:
                    Expect(":");
                    Expect("func");
                    functions.Add(word, ReadFunction(known));
                    break;
            }
        }

        Expect("}");
        return functions;
    }

    private void ReadUse(Dictionary<string, int> known)
    {
        var from = types[tokens.Dequeue()];
        Expect(".");
        Expect("{");
        while (true)
        {
            var name = tokens.Dequeue();
            known.Add(name, from[name]);
            if (tokens.Dequeue() != "}") continue;
            Expect(";");
            return;
        }
    }

    private int ReadFunction(Dictionary<string, int> known)
    {
        var parameters = new List<int>();
        Expect("(");
        while (tokens.Peek() != ")")
        {
            tokens.Dequeue();
            Expect(":");
            parameters.Add(ReadType(known));
            if (tokens.Peek() == ",") tokens.Dequeue();
        }

        Expect(")");
        if (tokens.Dequeue() == ";") return shapes.Function(parameters, null);
        var result = ReadType(known);
        Expect(";");
        return shapes.Function(parameters, result);
    }

    private List<(string Name, int? Type)> ReadMembers(Dictionary<string, int> known, bool typed)
    {
        var members = new List<(string, int?)>();
        Expect("{");
        while (tokens.Peek() != "}")
        {
            var name = tokens.Dequeue();
            int? type = null;
            if (tokens.Peek() == ":" && typed)
            {
                tokens.Dequeue();
                type = ReadType(known);
            }
            else if (tokens.Peek() == "(")
            {
                tokens.Dequeue();
                type = ReadType(known);
                Expect(")");
            }

            members.Add((name, type));
            if (tokens.Peek() == ",") tokens.Dequeue();
        }

        Expect("}");
        return members;
    }

    private int ReadType(Dictionary<string, int> known)
    {
        var name = tokens.Dequeue();
        if (tokens.Peek() != "<") return known.TryGetValue(name, out var type) ? type : Primitives.IsName(name) ? shapes.Of(name) : name == "result" ? shapes.Result(null, null) : throw Unknown(name);
        Expect("<");
        var arguments = new List<int?>();
        while (true)
        {
            if (tokens.Peek() == "_") tokens.Dequeue();
            else arguments.Add(ReadType(known));
            if (arguments.Count == 0) arguments.Add(null);
            if (tokens.Dequeue() == ">") break;
        }

        return name switch
        {
            "list" => shapes.List(arguments[0]!.Value),
            "option" => shapes.Option(arguments[0]!.Value),
            "tuple" => shapes.Tuple(arguments.Select(argument => argument!.Value)),
            "result" => shapes.Result(arguments[0], arguments.Count > 1 ? arguments[1] : null),
            _ => throw Unknown(name),
        };
    }

    private void Expect(string token)
    {
        if (tokens.Dequeue() is var found && found != token) throw Unknown(found);
    }

    private void SkipPast(string token)
    {
        while (tokens.Dequeue() != token)
        {
        }
    }

    private static InvalidOperationException Unknown(string token) => new($"extension.wit says '{token}' where this reader expects something else.");

    [GeneratedRegex(@"//[^\n]*|(?<token>->|[A-Za-z0-9_%-]+|[{}()<>:;,.=@/])", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
