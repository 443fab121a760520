namespace Alga.Extensions.Runner.Http;

/// <summary>What the runner needs of a bundle whose signature and contents were verified.</summary>
/// <param name="Extension">Name of the extension, as signed.</param>
/// <param name="Version">Its version, as signed.</param>
/// <param name="Wasm">The component.</param>
public sealed record VerifiedBundle(string Extension, string Version, ReadOnlyMemory<byte> Wasm);
