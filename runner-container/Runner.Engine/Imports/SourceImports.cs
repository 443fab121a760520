using System.Buffers.Binary;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Puts <see cref="IGuestSources"/> in the place of WASI's random numbers and clocks. The rest of WASI stays as it is: timers still wait
/// for the real time to pass.
/// </summary>
internal static unsafe class SourceImports
{
    /// <summary>Bytes that a guest may draw at a time: each crosses the boundary as a value of its own.</summary>
    private const ulong MaxRandomBytes = 256 * 1024;

    // The release of WASI that the binding defines; the linker gives it to guests of every 0.2 release.
    private const string Version = "@0.2.12";
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private static readonly NativeName[] InstantFields = NativeName.Lasting("seconds", "nanoseconds");

    private static readonly (string Interface, HostFunction[] Functions)[] Interfaces =
    [
        ("wasi:random/random", [new("get-random-bytes", 1, Bytes), new("get-random-u64", 0, Number)]),
        ("wasi:random/insecure", [new("get-insecure-random-bytes", 1, Bytes), new("get-insecure-random-u64", 0, Number)]),
        ("wasi:random/insecure-seed", [new("insecure-seed", 0, Seed)]),
        ("wasi:clocks/wall-clock", [new("now", 0, static (running, _, ref buffer) => Instant(running.Sources!.GetWallClock(), ref buffer))]),
        ("wasi:clocks/monotonic-clock", [new("now", 0, static (running, _, ref _) => NativeValue.U64(running.Sources!.GetMonotonicClock()))]),
    ];

    /// <summary>Shadows the functions of a linker that has WASI already.</summary>
    public static void Define(ComponentLinkerInstance root)
    {
        foreach (var (name, functions) in Interfaces)
        {
            using var instance = root.AddInstance(name + Version);
            foreach (var function in functions) function.Define(instance);
        }
    }

    private static NativeValue Number(RunningInvocation running, ReadOnlySpan<NativeValue> arguments, ref ValueBuffer buffer) => NativeValue.U64(Draw(running));

    private static NativeValue Seed(RunningInvocation running, ReadOnlySpan<NativeValue> arguments, ref ValueBuffer buffer)
    {
        var numbers = buffer.Allocate<NativeValue>(2);
        for (var i = 0; i < 2; i++) numbers[i] = NativeValue.U64(Draw(running));
        return NativeValue.Tuple(numbers, 2);
    }

    private static NativeValue Bytes(RunningInvocation running, ReadOnlySpan<NativeValue> arguments, ref ValueBuffer buffer)
    {
        var length = arguments[0].AsU64();
        if (length > MaxRandomBytes) throw new AbiException("too many random bytes at a time");
        var bytes = new byte[length];
        running.Sources!.FillRandom(bytes);
        return buffer.Bytes(bytes);
    }

    private static NativeValue Instant(ulong nanoseconds, ref ValueBuffer buffer) => buffer.Record(
        InstantFields,
        NativeValue.U64(nanoseconds / NanosecondsPerSecond),
        NativeValue.U32((uint)(nanoseconds % NanosecondsPerSecond)));

    private static ulong Draw(RunningInvocation running)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        running.Sources!.FillRandom(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
