namespace Alga.Extensions.Runner.Engine;

/// <summary>Values of type <c>list&lt;tuple&lt;string, string&gt;&gt;</c>: headers, query, fields, tags.</summary>
internal static unsafe class Pairs
{
    public static NativeValue Write(IReadOnlyList<KeyValuePair<string, string>> pairs, ref ValueBuffer buffer)
    {
        var tuples = buffer.Allocate<NativeValue>(pairs.Count * 3);
        var parts = tuples + pairs.Count;
        for (var i = 0; i < pairs.Count; i++, parts += 2)
        {
            var (key, value) = pairs[i];
            parts[0] = buffer.Text(key);
            parts[1] = buffer.Text(value);
            tuples[i] = NativeValue.Tuple(parts, 2);
        }

        return NativeValue.List(tuples, pairs.Count);
    }

    /// <summary>Bytes of all of them together, in UTF-8.</summary>
    public static long Bytes(ReadOnlySpan<NativeValue> list)
    {
        long bytes = 0;
        foreach (var pair in list)
        {
            foreach (var part in pair.AsTuple(2)) bytes += part.AsText().Bytes.Length;
        }

        return bytes;
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Read(ReadOnlySpan<NativeValue> list)
    {
        if (list.Length == 0) return [];
        var pairs = new KeyValuePair<string, string>[list.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var parts = list[i].AsTuple(2);
            pairs[i] = new(parts[0].AsText().ToString(), parts[1].AsText().ToString());
        }

        return pairs;
    }
}
