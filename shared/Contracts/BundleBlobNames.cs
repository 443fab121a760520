namespace Alga.Extensions.Contracts;

/// <summary>Names of a bundle's blobs in the bundle store.</summary>
public static class BundleBlobNames
{
    public static string Bundle(ContentHash hash) => $"sha256/{hash.Hex}/bundle.tar.zst";

    /// <summary>The publisher's signature: a DSSE envelope that travels beside the bundle.</summary>
    public static string Envelope(ContentHash hash) => $"sha256/{hash.Hex}/bundle.dsse.json";

    /// <summary>The registry's counter-signature: a DSSE envelope too.</summary>
    public static string Acceptance(ContentHash hash) => $"sha256/{hash.Hex}/acceptance.dsse.json";

    public static string Manifest(ContentHash hash) => $"sha256/{hash.Hex}/manifest.json";

    public static string Index(ContentHash hash) => $"sha256/{hash.Hex}/index.json";

    public static string Component(ContentHash hash) => $"sha256/{hash.Hex}/main.wasm";
}
