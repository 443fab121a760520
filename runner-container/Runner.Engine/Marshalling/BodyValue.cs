using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Variant <c>body</c>.</summary>
internal static class BodyValue
{
    private static readonly ComponentValue Empty = ComponentValue.Variant("empty", null);
    private static readonly ComponentValue[] Bytes = CreateBytes();

    public static ComponentValue Write(GuestBody body)
    {
        if (body.Text is not null) return ComponentValue.Variant("text", ComponentValue.String(body.Text));
        return body.Binary is null ? Empty : ComponentValue.Variant("binary", Write(body.Binary));
    }

    public static GuestBody Read(ComponentValue value) => value.AsVariant() switch
    {
        "text" => GuestBody.OfText(value.Payload!.AsString()),
        "binary" => GuestBody.OfBinary(ReadBytes(value.Payload!)),
        _ => default,
    };

    /// <summary>Number of bytes of a binary body without reading them; null for the other cases.</summary>
    public static int? BinaryLength(ComponentValue value) => value.AsVariant() == "binary" ? value.Payload!.AsList().Count : null;

    private static ComponentValue Write(byte[] bytes)
    {
        // A value is immutable, so each of the 256 is made once.
        var items = new ComponentValue[bytes.Length];
        for (var i = 0; i < items.Length; i++) items[i] = Bytes[bytes[i]];
        return ComponentValue.List(items);
    }

    private static byte[] ReadBytes(ComponentValue list)
    {
        var items = list.AsList();
        var bytes = new byte[items.Count];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = items[i].AsU8();
        return bytes;
    }

    private static ComponentValue[] CreateBytes()
    {
        var values = new ComponentValue[256];
        for (var i = 0; i < values.Length; i++) values[i] = ComponentValue.U8((byte)i);
        return values;
    }
}
