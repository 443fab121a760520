using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Pack;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.AlgaExt.Build;

/// <summary>An extension's folder after its build, found in order.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Files">What a bundle of it would hold.</param>
/// <param name="ComponentBytes">Size of the component.</param>
internal sealed record BuiltExtension(ExtensionManifest Manifest, IReadOnlyList<BundleFile> Files, int ComponentBytes)
{
    /// <summary>Reads the manifest; refuses it with every fault it has.</summary>
    public static ExtensionManifest ReadManifest(string folder)
    {
        var file = Path.Combine(folder, "manifest.json");
        if (!File.Exists(file)) throw new RefusedException(new CliRefusal("manifest_invalid", $"{folder} has no manifest.json; 'alga-ext new' starts an extension."));
        return BundleFacts.ReadManifest(File.ReadAllBytes(file));
    }

    /// <summary>Reads all of it; refuses what the registry would refuse.</summary>
    public static BuiltExtension Read(string folder)
    {
        var manifest = ReadManifest(folder);
        var files = BundleFolder.Select(folder);
        var component = File.ReadAllBytes(Path.Combine(folder, manifest.Entry));
        var demands = new ComponentDemands(
            manifest.Endpoints.Count > 0, manifest.ReceivesEvents, manifest.Capabilities, manifest.Limits.MemoryMb ?? PlatformLimits.DefaultMemoryMb);
        var faults = ComponentCheck.FindFaults(component, demands);
        return faults.Count == 0
            ? new BuiltExtension(manifest, files, component.Length)
            : throw new RefusedException(new CliRefusal("bundle_invalid", $"The component has {faults.Count} fault(s).", faults));
    }
}
