using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>A component that is ready to run.</summary>
/// <param name="Extension">Name of the extension, as signed.</param>
/// <param name="Version">Its version, as signed.</param>
/// <param name="Guest">The compiled component.</param>
/// <param name="MemoryBytes">Memory that it holds, about.</param>
/// <param name="Memories">How many linear memories a sandbox of it has, at least 1.</param>
public sealed record LoadedComponent(string Extension, string Version, GuestComponent Guest, long MemoryBytes, int Memories) : IDisposable
{
    public void Dispose() => Guest.Dispose();
}
