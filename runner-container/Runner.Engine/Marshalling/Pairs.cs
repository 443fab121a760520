using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Values of type <c>list&lt;tuple&lt;string, string&gt;&gt;</c>: headers, query, fields, tags.</summary>
internal static class Pairs
{
    private static readonly ComponentValue None = ComponentValue.List([]);

    public static ComponentValue Write(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0) return None;
        var items = new ComponentValue[pairs.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ComponentValue.Tuple([ComponentValue.String(pairs[i].Key), ComponentValue.String(pairs[i].Value)]);
        }

        return ComponentValue.List(items);
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Read(ComponentValue value)
    {
        var items = value.AsList();
        if (items.Count == 0) return [];
        var pairs = new KeyValuePair<string, string>[items.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            var tuple = items[i].AsTuple();
            pairs[i] = new(tuple[0].AsString(), tuple[1].AsString());
        }

        return pairs;
    }
}
