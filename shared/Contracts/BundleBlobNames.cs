namespace Alga.Extensions.Contracts;

/// <summary>Names of a bundle's blobs in the bundle store.</summary>
public static class BundleBlobNames
{
    /// <summary>Below it there is one folder for each content hash.</summary>
    public const string Root = "sha256/";

    /// <summary>What the names of all blobs of a hash start with.</summary>
    public static string Folder(ContentHash hash) => $"{Root}{hash.Hex}/";

    /// <summary>Reads a folder's name back; false for what is not in the documented form.</summary>
    public static bool TryReadFolder(string folder, out ContentHash hash)
    {
        hash = default;
        return folder.StartsWith(Root, StringComparison.Ordinal) && folder.EndsWith('/')
            && ContentHash.TryParse($"sha256:{folder.AsSpan(Root.Length, Math.Max(0, folder.Length - Root.Length - 1))}", out hash);
    }

    public static string Bundle(ContentHash hash) => $"sha256/{hash.Hex}/bundle.tar.zst";

    /// <summary>The publisher's signature: a DSSE envelope that travels beside the bundle.</summary>
    public static string Envelope(ContentHash hash) => $"sha256/{hash.Hex}/bundle.dsse.json";

    /// <summary>The registry's counter-signature: a DSSE envelope too.</summary>
    public static string Acceptance(ContentHash hash) => $"sha256/{hash.Hex}/acceptance.dsse.json";

    public static string Manifest(ContentHash hash) => $"sha256/{hash.Hex}/manifest.json";

    public static string Index(ContentHash hash) => $"sha256/{hash.Hex}/index.json";

    public static string Component(ContentHash hash) => $"sha256/{hash.Hex}/main.wasm";

    /// <summary>What the names of a bundle's compiled code start with, whatever engine it is for.</summary>
    public static string CompiledFolder(ContentHash hash) => $"sha256/{hash.Hex}/compiled/";

    /// <summary>The component as a runner compiled it; native code, of use only to who can check its MAC.</summary>
    /// <param name="hash">The bundle.</param>
    /// <param name="fingerprint">Lower-case hex; names engine, configuration and the key of the MAC.</param>
    /// <param name="target">A target triple such as <c>x86_64-unknown-linux-gnu</c>.</param>
    public static string Compiled(ContentHash hash, string fingerprint, string target) => $"{CompiledFolder(hash)}{fingerprint}/{target}.cwasm";

    /// <summary>What the names of all compiled code start with that components have in common.</summary>
    public const string SharedCodeFolder = "sha256/shared/compiled/";

    /// <summary>Code that components have in common, as a runner compiled it. Its folder is no hash, so that the collector of orphans leaves it alone.</summary>
    /// <param name="code">SHA-256 of the code before it was compiled.</param>
    /// <param name="fingerprint">As for <see cref="Compiled"/>.</param>
    /// <param name="target">As for <see cref="Compiled"/>.</param>
    public static string SharedCode(ContentHash code, string fingerprint, string target) => $"{SharedCodeFolder}{code.Hex}/{fingerprint}/{target}.cwasm";
}
