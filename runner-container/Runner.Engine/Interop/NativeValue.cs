using System.Runtime.InteropServices;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// <c>wasmtime_component_val_t</c> of Wasmtime's C API (<c>wasmtime/component/val.h</c>). All zero it is <c>false</c>. What it points at belongs to whoever made it.
/// </summary>
/// <remarks>What reads one checks its kind first: a component's author chooses the types of what it exports.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal readonly unsafe struct NativeValue
{
    [FieldOffset(0)]
    private readonly ComponentValueKind kind;

    [FieldOffset(8)]
    private readonly ulong number;

    [FieldOffset(8)]
    private readonly NativeName name;

    [FieldOffset(8)]
    private readonly NativeValue* optionPayload;

    // Of a list, tuple or record.
    [FieldOffset(8)]
    private readonly nuint count;

    [FieldOffset(16)]
    private readonly void* items;

    [FieldOffset(16)]
    private readonly NativeValue* resultPayload;

    [FieldOffset(24)]
    private readonly NativeValue* variantPayload;

    private NativeValue(ComponentValueKind kind, ulong number)
        : this()
    {
        this.kind = kind;
        this.number = number;
    }

    private NativeValue(NativeValue* some)
        : this()
    {
        kind = ComponentValueKind.Option;
        optionPayload = some;
    }

    private NativeValue(bool isOk, NativeValue* payload)
        : this()
    {
        kind = ComponentValueKind.Result;
        number = isOk ? 1UL : 0;
        resultPayload = payload;
    }

    private NativeValue(ComponentValueKind kind, NativeName name, NativeValue* payload)
        : this()
    {
        this.kind = kind;
        this.name = name;
        variantPayload = payload;
    }

    private NativeValue(ComponentValueKind kind, void* items, int count)
        : this()
    {
        this.kind = kind;
        this.count = (nuint)count;
        this.items = items;
    }

    public static NativeValue None => new(some: null);

    public static NativeValue Bool(bool value) => new(ComponentValueKind.Bool, value ? 1UL : 0);

    public static NativeValue U8(byte value) => new(ComponentValueKind.U8, value);

    public static NativeValue U16(ushort value) => new(ComponentValueKind.U16, value);

    public static NativeValue U32(uint value) => new(ComponentValueKind.U32, value);

    public static NativeValue U64(ulong value) => new(ComponentValueKind.U64, value);

    public static NativeValue Text(NativeName text) => new(ComponentValueKind.String, text, null);

    public static NativeValue Some(NativeValue* payload) => new(payload);

    public static NativeValue Result(bool isOk, NativeValue* payload) => new(isOk, payload);

    public static NativeValue Variant(NativeName name, NativeValue* payload) => new(ComponentValueKind.Variant, name, payload);

    public static NativeValue List(NativeValue* items, int count) => new(ComponentValueKind.List, items, count);

    public static NativeValue Tuple(NativeValue* items, int count) => new(ComponentValueKind.Tuple, items, count);

    public static NativeValue Record(NativeField* fields, int count) => new(ComponentValueKind.Record, fields, count);

    public byte AsU8() => (byte)Expect(ComponentValueKind.U8).number;

    public ushort AsU16() => (ushort)Expect(ComponentValueKind.U16).number;

    public uint AsU32() => (uint)Expect(ComponentValueKind.U32).number;

    public ulong AsU64() => Expect(ComponentValueKind.U64).number;

    public double AsF64() => BitConverter.UInt64BitsToDouble(Expect(ComponentValueKind.F64).number);

    public NativeName AsEnum() => Expect(ComponentValueKind.Enum).name;

    public NativeName AsText() => Expect(ComponentValueKind.String).name;

    public ReadOnlySpan<NativeValue> AsList() => new(Expect(ComponentValueKind.List).items, Count);

    /// <summary>The values of a tuple of so many.</summary>
    public ReadOnlySpan<NativeValue> AsTuple(int length) => new(Expect(ComponentValueKind.Tuple, length).items, length);

    /// <summary>The fields of a record of so many, in the order of their type.</summary>
    public ReadOnlySpan<NativeField> AsRecord(int length) => new(Expect(ComponentValueKind.Record, length).items, length);

    /// <summary>The case of a variant, and its payload where it has one.</summary>
    public NativeName AsVariant(out NativeValue payload)
    {
        var name = Expect(ComponentValueKind.Variant).name;
        payload = variantPayload is null ? default : *variantPayload;
        return name;
    }

    /// <summary>Whether an option has a payload, and that.</summary>
    public bool AsOption(out NativeValue payload)
    {
        var some = Expect(ComponentValueKind.Option).optionPayload;
        payload = some is null ? default : *some;
        return some is not null;
    }

    /// <summary>Whether a result is one of success, and its payload where it has one.</summary>
    public bool AsResult(out NativeValue payload)
    {
        var isOk = (byte)Expect(ComponentValueKind.Result).number != 0;
        payload = resultPayload is null ? default : *resultPayload;
        return isOk;
    }

    private int Count => count <= int.MaxValue ? (int)count : throw AbiException.OtherTypes();

    private NativeValue Expect(ComponentValueKind expected, int length) => Expect(expected).count == (nuint)length ? this : throw AbiException.OtherTypes();

    private NativeValue Expect(ComponentValueKind expected) => kind == expected ? this : throw AbiException.OtherTypes();
}
