using Alga.Extensions.Bundles.Types;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>
/// Reads entries of a core module's sections and gives each as the bytes that it is. What is not of WebAssembly 2.0 without vectors
/// makes it fail: nothing is split that is not understood.
/// </summary>
internal ref struct EntryReader(ReadOnlyMemory<byte> body)
{
    public const byte ConstI32 = 0x41;
    public const byte ConstF32 = 0x43;
    public const byte ConstF64 = 0x44;

    private const byte ConstI64 = 0x42;
    private const byte GetGlobal = 0x23;
    private const byte NullReference = 0xD0;
    private const byte FunctionReference = 0xD2;
    private const byte End = 0x0B;
    private const byte FunctionTypeForm = 0x60;
    private const byte Passive = 1;

    private readonly ReadOnlyMemory<byte> body = body;
    private SectionReader reader = new(body.Span);

    public readonly bool Failed => reader.Failed;

    /// <summary>Whether everything was read, and nothing was wrong with it.</summary>
    public readonly bool IsWhole => !reader.Failed && reader.Left == 0;

    private readonly int At => body.Length - reader.Left;

    public void Fail() => reader.Fail();

    public uint Number() => reader.Number();

    /// <summary>What follows the number of entries that each section begins with.</summary>
    public static ReadOnlyMemory<byte> AfterCount(ReadOnlyMemory<byte> section)
    {
        var reader = new EntryReader(section);
        reader.Number();
        return section[reader.At..];
    }

    public byte Kind()
    {
        var kind = reader.Byte();
        if (kind > CoreKind.Global) Fail();
        return kind;
    }

    public ReadOnlyMemory<byte> Index()
    {
        var from = At;
        reader.Number();
        return Since(from);
    }

    /// <summary>So many names, with their lengths.</summary>
    public ReadOnlyMemory<byte> NameBytes(int count)
    {
        var from = At;
        for (; count > 0; count--) reader.Bytes();
        return Since(from);
    }

    /// <summary>The type of an import: of a function, an index.</summary>
    public ReadOnlyMemory<byte> Type(byte kind) => kind switch
    {
        CoreKind.Table => TableType(),
        CoreKind.Memory => MemoryType(),
        CoreKind.Global => GlobalType(),
        _ => Index(),
    };

    public ReadOnlyMemory<byte> FunctionType()
    {
        var from = At;
        if (reader.Byte() != FunctionTypeForm) Fail();
        for (var lists = 0; lists < 2; lists++)
        {
            for (var left = reader.Number(); left > 0 && !Failed; left--) ValueType();
        }

        return Since(from);
    }

    public ReadOnlyMemory<byte> TableType()
    {
        var from = At;
        if (reader.Byte() is not (0x70 or 0x6F)) Fail();
        Limits();
        return Since(from);
    }

    public ReadOnlyMemory<byte> MemoryType()
    {
        var from = At;
        Limits();
        return Since(from);
    }

    public CoreGlobal Global()
    {
        var type = GlobalType();
        var from = At;
        switch (reader.Byte())
        {
            case ConstI32 or ConstI64:
                SignedNumber();
                break;
            case ConstF32:
                Skip(4);
                break;
            case ConstF64:
                Skip(8);
                break;
            case GetGlobal or FunctionReference:
                reader.Number();
                break;
            case NullReference:
                ValueType();
                break;
            default:
                Fail();
                break;
        }

        var value = Since(from);
        if (reader.Byte() != End) Fail();
        return new CoreGlobal(type, value);
    }

    /// <summary>A segment that is passive, or has a constant address in the first memory.</summary>
    public DataSegment DataSegment()
    {
        var from = At;
        var form = reader.Number();
        if (form == 0)
        {
            if (reader.Byte() != ConstI32) Fail();
            SignedNumber();
            if (reader.Byte() != End) Fail();
        }
        else if (form != Passive)
        {
            Fail();
        }

        reader.Bytes();
        return new DataSegment(Since(from), form == 0);
    }

    private ReadOnlyMemory<byte> GlobalType()
    {
        var from = At;
        ValueType();
        if (reader.Byte() > 1) Fail();
        return Since(from);
    }

    private void ValueType()
    {
        // Numbers of 32 and 64 bits, references to functions and externals.
        if (reader.Byte() is not ((>= 0x7C and <= 0x7F) or 0x70 or 0x6F)) Fail();
    }

    private void Limits()
    {
        var hasMaximum = reader.Present();
        reader.Number();
        if (hasMaximum) reader.Number();
    }

    private void SignedNumber()
    {
        // At most ten bytes for 64 bits, the last without the mark that more follow; the compiler judges the value.
        for (var length = 1; reader.Byte() >= 0x80 && !Failed; length++)
        {
            if (length == 10) Fail();
        }
    }

    private void Skip(int count)
    {
        for (; count > 0; count--) reader.Byte();
    }

    private readonly ReadOnlyMemory<byte> Since(int from) => Failed ? default : body[from..At];
}
