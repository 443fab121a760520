using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>A component that is ready to run.</summary>
/// <param name="Extension">Name of the extension, as signed.</param>
/// <param name="Version">Its version, as signed.</param>
/// <param name="Guest">The compiled component.</param>
/// <param name="CompiledBytes">Size of the compiled form: what it costs in memory, about.</param>
public sealed record LoadedComponent(string Extension, string Version, GuestComponent Guest, long CompiledBytes) : IDisposable
{
    public void Dispose() => Guest.Dispose();
}
