using System.Buffers.Binary;
using Wasmtime;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Puts <see cref="IGuestSources"/> in the place of WASI's random numbers and clocks. The rest of WASI stays as it is: timers still wait
/// for the real time to pass.
/// </summary>
internal static class SourceImports
{
    /// <summary>Bytes that a guest may draw at a time: each crosses the boundary as a value of its own.</summary>
    private const ulong MaxRandomBytes = 256 * 1024;

    // The release of WASI that the binding defines; the linker gives it to guests of every 0.2 release.
    private const string Version = "@0.2.12";
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Shadows the functions of a linker that has WASI already.</summary>
    public static void Define(ComponentLinkerInstance root)
    {
        using (var random = root.AddInstance("wasi:random/random" + Version))
        {
            random.DefineFunction("get-random-bytes", Guard((sources, arguments) => Bytes(sources, arguments[0].AsU64())));
            random.DefineFunction("get-random-u64", Guard((sources, _) => Number(sources)));
        }

        using (var insecure = root.AddInstance("wasi:random/insecure" + Version))
        {
            insecure.DefineFunction("get-insecure-random-bytes", Guard((sources, arguments) => Bytes(sources, arguments[0].AsU64())));
            insecure.DefineFunction("get-insecure-random-u64", Guard((sources, _) => Number(sources)));
        }

        using (var seed = root.AddInstance("wasi:random/insecure-seed" + Version))
        {
            seed.DefineFunction("insecure-seed", Guard((sources, _) => ComponentValue.Tuple([Number(sources), Number(sources)])));
        }

        using (var wall = root.AddInstance("wasi:clocks/wall-clock" + Version)) wall.DefineFunction("now", Guard((sources, _) => Instant(sources.GetWallClock())));
        using var monotonic = root.AddInstance("wasi:clocks/monotonic-clock" + Version);
        monotonic.DefineFunction("now", Guard((sources, _) => ComponentValue.U64(sources.GetMonotonicClock())));
    }

    private static ComponentValue Number(IGuestSources sources)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        sources.FillRandom(bytes);
        return ComponentValue.U64(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    private static ComponentValue Bytes(IGuestSources sources, ulong length)
    {
        if (length > MaxRandomBytes) throw new WasmtimeException("too many random bytes at a time");
        var bytes = new byte[length];
        sources.FillRandom(bytes);
        return ComponentValue.List(Array.ConvertAll(bytes, ComponentValue.U8));
    }

    private static ComponentValue Instant(ulong nanoseconds) => ComponentValue.Record(
    [
        new("seconds", ComponentValue.U64(nanoseconds / NanosecondsPerSecond)),
        new("nanoseconds", ComponentValue.U32((uint)(nanoseconds % NanosecondsPerSecond))),
    ]);

    private static ComponentFunctionCallback Guard(Func<IGuestSources, ComponentValue[], ComponentValue> body) => (arguments, results) =>
    {
        var running = RunningInvocation.Current;
        try
        {
            results[0] = body(running.Sources!, arguments.ToArray());
        }
        catch (Exception exception) when (exception is not WasmtimeException)
        {
            running.Fault ??= exception;
            throw new WasmtimeException("host call failed");
        }
    };
}
