using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Options, lists and results between the component model and .NET.</summary>
internal static class Values
{
    // Every interface with capabilities has this case.
    private const string Denied = "denied";

    public static string? ReadString(ComponentValue option) => option.IsSome ? option.Payload!.AsString() : null;

    public static ulong? ReadU64(ComponentValue option) => option.IsSome ? option.Payload!.AsU64() : null;

    public static uint? ReadU32(ComponentValue option) => option.IsSome ? option.Payload!.AsU32() : null;

    public static Func<T?, ComponentValue> Option<T>(Func<T, ComponentValue> write)
        where T : class => value => value is null ? ComponentValue.None() : ComponentValue.Some(write(value));

    public static ComponentValue Strings(IReadOnlyList<string> values) => List(values, ComponentValue.String);

    public static ComponentValue List<T>(IReadOnlyList<T> values, Func<T, ComponentValue> write)
    {
        var items = new ComponentValue[values.Count];
        for (var i = 0; i < items.Length; i++) items[i] = write(values[i]);
        return ComponentValue.List(items);
    }

    public static ComponentValue Result<T, TKind>(HostResult<T, TKind> result, Func<T, ComponentValue> write, Func<TKind, string> caseName)
        where TKind : struct, Enum
    {
        var running = RunningInvocation.Current;
        running.Denial = null;
        running.LastError = null;
        if (result.TryGet(out var value, out var error)) return ComponentValue.Ok(write(value));
        var name = caseName(error.Kind);
        running.LastError = name;
        if (name == Denied) running.Denial = error.Message;
        return ComponentValue.Err(ComponentValue.Variant(name, ComponentValue.String(error.Message)));
    }
}
