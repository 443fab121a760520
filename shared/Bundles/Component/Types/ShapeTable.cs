namespace Alga.Extensions.Bundles.Types;

/// <summary>
/// Gives equal types equal numbers. A type is written with the numbers of its parts, so that one which doubles with each line of its
/// definition stays as small as its text.
/// </summary>
internal sealed class ShapeTable
{
    /// <summary>A function without result.</summary>
    public const string Nothing = "nothing";

    private readonly Dictionary<string, int> shapes = new(StringComparer.Ordinal);
    private int resources;

    /// <summary>The number of a shape.</summary>
    public int Of(string shape)
    {
        if (shapes.TryGetValue(shape, out var known)) return known;
        shapes.Add(shape, shapes.Count + 1);
        return shapes.Count;
    }

    public int List(int of) => Of($"list {of}");

    public int Option(int of) => Of($"option {of}");

    public int Result(int? ok, int? error) => Of($"result {ok} {error}");

    public int Tuple(IEnumerable<int> of) => Of($"tuple {string.Join(' ', of)}");

    public int Record(IEnumerable<(string Name, int Type)> fields) => Of($"record {string.Join(' ', fields.Select(field => $"{field.Name}:{field.Type}"))}");

    public int Variant(IEnumerable<(string Name, int? Type)> cases) => Of($"variant {string.Join(' ', cases.Select(item => $"{item.Name}:{item.Type}"))}");

    public int Enum(IEnumerable<string> names) => Of($"enum {string.Join(' ', names)}");

    public int Flags(IEnumerable<string> names) => Of($"flags {string.Join(' ', names)}");

    /// <summary>A function; parameters count by their place, since that is how they are passed.</summary>
    public int Function(IEnumerable<int> parameters, int? result) => Of($"func {string.Join(' ', parameters)} -> {result?.ToString(provider: null) ?? Nothing}");

    /// <summary>A resource, different from every other.</summary>
    public int Resource() => Of($"resource {++resources}");
}
