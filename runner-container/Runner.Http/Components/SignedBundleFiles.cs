using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Runner.Http;

/// <summary>What was signed of a bundle, both signatures verified. Of the bundle itself nothing was read yet.</summary>
/// <param name="Bundle">Its hash.</param>
/// <param name="Statement">What its publisher says of it.</param>
public sealed record SignedBundleFiles(ContentHash Bundle, BundleStatement Statement)
{
    /// <summary>The component's path: the manifest's rules allow no other.</summary>
    public const string Entry = "dist/main.wasm";

    /// <summary>SHA-256 of the component as signed; empty where the bundle has none.</summary>
    public ReadOnlyMemory<byte> ComponentDigest =>
        Statement.Files.FirstOrDefault(file => file.Path == Entry) is { } file ? Convert.FromHexString(file.Sha256) : default;
}
