using Alga.Extensions.Contracts;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>A call of a guest's export: a <see cref="GuestRequest"/> or a <see cref="GuestEvent"/>.</summary>
public abstract record GuestCall
{
    /// <summary>The export that is called; null where the component has none.</summary>
    internal abstract ComponentExport? Find(GuestComponent guest);

    internal abstract ComponentValue Write();

    internal abstract Outcome<GuestResponse> Read(ComponentValue answer);
}
