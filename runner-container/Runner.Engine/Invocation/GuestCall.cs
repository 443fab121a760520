using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine;

/// <summary>A call of a guest's export: a <see cref="GuestRequest"/> or a <see cref="GuestEvent"/>.</summary>
public abstract record GuestCall
{
    /// <summary>The export that is called; null where the component has none.</summary>
    internal abstract nint? Find(GuestComponent guest);

    /// <summary>Writes its one argument.</summary>
    internal abstract NativeValue Write(ref ValueBuffer buffer);

    /// <summary>Copies the answer, which is deleted afterwards.</summary>
    /// <exception cref="AbiException">It is of another type.</exception>
    internal abstract Outcome<GuestResponse> Read(NativeValue answer);
}
