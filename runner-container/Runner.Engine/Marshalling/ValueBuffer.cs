using System.Runtime.InteropServices;
using System.Text;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Memory of the values that a guest gets, all of it freed at once. Small ones find room on the caller's stack; what does not is allocated.
/// </summary>
/// <param name="room">Memory that outlives it, aligned to 8 bytes.</param>
/// <param name="length">Bytes of that.</param>
internal unsafe ref struct ValueBuffer(byte* room, int length) : IDisposable
{
    /// <summary>Bytes on the stack: a request with some twenty headers.</summary>
    public const int RoomBytes = 8 * 1024;

    private byte* next = room;
    private int left = length;

    // The last allocation, which begins with a pointer to the one before.
    private void** allocated;

    /// <summary>Memory for so many; what is in it is anything.</summary>
    public T* Allocate<T>(int count)
        where T : unmanaged => (T*)Allocate((long)count * sizeof(T));

    public NativeValue Text(string text)
    {
        if (Encoding.UTF8.TryGetBytes(text, new Span<byte>(next, left), out var length)) return NativeValue.Text(new NativeName((byte*)Allocate(length), (nuint)length));
        length = Encoding.UTF8.GetByteCount(text);
        var bytes = (byte*)Allocate(length);
        Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, length));
        return NativeValue.Text(new NativeName(bytes, (nuint)length));
    }

    /// <summary>A list of bytes, each of which takes 32.</summary>
    public NativeValue Bytes(ReadOnlySpan<byte> bytes)
    {
        var items = Allocate<NativeValue>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++) items[i] = NativeValue.U8(bytes[i]);
        return NativeValue.List(items, bytes.Length);
    }

    public NativeValue Variant(NativeName name, NativeValue payload) => NativeValue.Variant(name, Box(payload));

    public NativeValue Some(NativeValue payload) => NativeValue.Some(Box(payload));

    public NativeValue Result(bool isOk, NativeValue payload) => NativeValue.Result(isOk, Box(payload));

    /// <summary>A record of fields in the order of their type.</summary>
    public NativeValue Record(ReadOnlySpan<NativeName> names, params ReadOnlySpan<NativeValue> values)
    {
        var fields = Allocate<NativeField>(names.Length);
        for (var i = 0; i < names.Length; i++) fields[i] = new NativeField(names[i], values[i]);
        return NativeValue.Record(fields, names.Length);
    }

    public void Dispose()
    {
        while (allocated is not null)
        {
            var before = (void**)*allocated;
            NativeMemory.Free(allocated);
            allocated = before;
        }
    }

    private NativeValue* Box(NativeValue value)
    {
        var box = Allocate<NativeValue>(1);
        *box = value;
        return box;
    }

    private void* Allocate(long bytes)
    {
        var whole = (bytes + 7) & ~7L;
        if (whole <= left)
        {
            var found = next;
            next += whole;
            left -= (int)whole;
            return found;
        }

        var more = (void**)NativeMemory.Alloc((nuint)(sizeof(void*) + bytes));
        *more = allocated;
        allocated = more;
        return more + 1;
    }
}
