namespace Alga.Extensions.Runner.Engine;

/// <summary>Variant <c>body</c> ; what a guest gave is where it left it until it is read.</summary>
internal readonly unsafe struct BodyValue
{
    private static readonly NativeName EmptyName = NativeName.Lasting("empty");
    private static readonly NativeName TextName = NativeName.Lasting("text");
    private static readonly NativeName BinaryName = NativeName.Lasting("binary");

    private readonly NativeValue payload;

    private BodyValue(NativeValue body)
    {
        var name = body.AsVariant(out payload).Bytes;
        IsText = name.SequenceEqual(TextName.Bytes);
        IsBinary = name.SequenceEqual(BinaryName.Bytes);
        if (!IsText && !IsBinary && !name.SequenceEqual(EmptyName.Bytes)) throw AbiException.OtherTypes();
        Bytes = IsText ? payload.AsText().Bytes.Length : IsBinary ? payload.AsList().Length : 0;
    }

    public bool IsText { get; }

    public bool IsBinary { get; }

    /// <summary>Its size; of a text in UTF-8.</summary>
    public int Bytes { get; }

    public static BodyValue Of(NativeValue body) => new(body);

    public static NativeValue Write(GuestBody body, ref ValueBuffer buffer)
    {
        if (body.Text is not null) return buffer.Variant(TextName, buffer.Text(body.Text));
        return body.Binary is null ? NativeValue.Variant(EmptyName, null) : buffer.Variant(BinaryName, buffer.Bytes(body.Binary));
    }

    public GuestBody Read()
    {
        if (IsText) return GuestBody.OfText(payload.AsText().ToString());
        return IsBinary ? GuestBody.OfBinary(ReadBytes(payload.AsList())) : default;
    }

    private static byte[] ReadBytes(ReadOnlySpan<NativeValue> items)
    {
        var bytes = new byte[items.Length];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = items[i].AsU8();
        return bytes;
    }
}
