namespace Alga.Extensions.Runner.Engine;

/// <summary>Writes a value of type <typeparamref name="T"/> for a guest.</summary>
internal delegate NativeValue ValueWriter<in T>(T value, ref ValueBuffer buffer);

/// <summary>Options, lists and results.</summary>
internal static unsafe class Values
{
    // Every interface with capabilities has this case.
    private const string Denied = "denied";

    public static string? ReadText(NativeValue option) => option.AsOption(out var payload) ? payload.AsText().ToString() : null;

    public static ulong? ReadU64(NativeValue option) => option.AsOption(out var payload) ? payload.AsU64() : null;

    public static uint? ReadU32(NativeValue option) => option.AsOption(out var payload) ? payload.AsU32() : null;

    public static NativeValue Text(string value, ref ValueBuffer buffer) => buffer.Text(value);

    public static NativeValue OptionalText(string? value, ref ValueBuffer buffer) => value is null ? NativeValue.None : buffer.Some(buffer.Text(value));

    public static NativeValue Texts(IReadOnlyList<string> values, ref ValueBuffer buffer) => List(values, Text, ref buffer);

    public static NativeValue List<T>(IReadOnlyList<T> values, ValueWriter<T> write, ref ValueBuffer buffer)
    {
        var items = buffer.Allocate<NativeValue>(values.Count);
        for (var i = 0; i < values.Count; i++) items[i] = write(values[i], ref buffer);
        return NativeValue.List(items, values.Count);
    }

    /// <summary>A host call's result; what it says of an error is kept in <paramref name="running"/>.</summary>
    public static NativeValue Result<T, TKind>(RunningInvocation running, HostResult<T, TKind> result, ValueWriter<T> write, ref ValueBuffer buffer)
        where TKind : struct, Enum
    {
        running.Denial = null;
        running.LastError = null;
        if (result.TryGet(out var value, out var error)) return buffer.Result(isOk: true, write(value, ref buffer));
        var found = ErrorCase.Of(error.Kind);
        running.LastError = found.Text;
        if (found.Text == Denied) running.Denial = error.Message;
        return buffer.Result(isOk: false, buffer.Variant(found.Name, buffer.Text(error.Message)));
    }
}
