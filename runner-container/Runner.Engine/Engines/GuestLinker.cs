using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>A linker with all that a guest may import. Nothing is added to it any more.</summary>
internal sealed class GuestLinker(ComponentLinker linker) : IDisposable
{
    /// <summary>The linker for <see cref="GuestStore.Instantiate"/>.</summary>
    public nint Handle { get; } = BindingHandle.Of(linker);

    public void Dispose() => linker.Dispose();
}
