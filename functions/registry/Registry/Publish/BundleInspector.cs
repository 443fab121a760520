using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Registry.Install;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Reads an uploaded bundle: first the archive as a whole, then the manifest in it, then the component.</summary>
public static class BundleInspector
{
    /// <summary>Gives the bundle, or all that is wrong with the first thing that is wrong.</summary>
    public static async Task<(InspectedBundle? Bundle, PublishRefusal? Refusal)> InspectAsync(Stream bundle, CancellationToken cancellationToken)
    {
        var sink = new PublishSink();
        var kept = false;
        try
        {
            var read = await BundleReader.ReadAsync(bundle, sink, cancellationToken).ConfigureAwait(false);
            if (!read.TryGet(out var contents, out var refusal)) return (null, new PublishRefusal(refusal));
            if (sink.Manifest is not { } bytes) return Refused(ErrorCode.BundleInvalid, $"The bundle has no {PublishSink.ManifestPath}; add it to its root.");
            var (manifest, faults) = await ReadManifestAsync(bytes, contents.Index, cancellationToken).ConfigureAwait(false);
            if (manifest is null) return (null, new PublishRefusal(new Refusal(ErrorCode.ManifestInvalid, "The manifest breaks rules; correct what errors lists."), faults));
            if (!sink.Changelog.TryGet(out var changelog, out refusal)) return (null, new PublishRefusal(refusal));
            if (PrecompiledFiles.FindFaults(sink.PrecompiledBeginnings, manifest) is { Count: > 0 } shapes) return (null, new PublishRefusal(new Refusal(ErrorCode.BundleInvalid, shapes[0]), shapes));
            var component = sink.Component!;
            if (await FindComponentFaultAsync(component, manifest, cancellationToken).ConfigureAwait(false) is { } fault) return (null, fault);
            kept = true;
            return (new InspectedBundle(contents, bytes, manifest, component) { Readme = sink.Readme, Changelog = changelog }, null);
        }
        finally
        {
            if (!kept) await sink.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<(ExtensionManifest? Manifest, IReadOnlyList<string> Faults)> ReadManifestAsync(
        byte[] bytes, BundleIndex index, CancellationToken cancellationToken)
    {
        var result = ManifestReader.Read(bytes);
        if (!result.IsValid) return (null, [.. result.Faults.Select(fault => fault.ToString())]);
        var missing = ManifestFiles.FindMissing(result.Manifest, path => index.TryFind(path, out _));
        if (missing.Count > 0) return (null, [.. missing.Select(fault => fault.ToString())]);
        if (result.Manifest.Config is { } config && await ConfigSchema.ReadAsync(config, cancellationToken).ConfigureAwait(false) is { Fault: { } fault })
        {
            return (null, [fault]);
        }

        return (result.Manifest, []);
    }

    private static async Task<PublishRefusal?> FindComponentFaultAsync(
        FileStream component, ExtensionManifest manifest, CancellationToken cancellationToken)
    {
        // At most BundleLimits.MaxFileBytes, and free again before anything is uploaded.
        var bytes = new byte[component.Length];
        component.Position = 0;
        await component.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        var demands = new ComponentDemands(
            manifest.Endpoints.Count > 0, manifest.ReceivesEvents, manifest.Capabilities, manifest.Limits.MemoryMb ?? PlatformLimits.DefaultMemoryMb);
        var faults = ComponentCheck.FindFaults(bytes, demands);
        return faults.Count == 0 ? null : new PublishRefusal(new Refusal(ErrorCode.BundleInvalid, faults[0]), faults);
    }

    private static (InspectedBundle?, PublishRefusal?) Refused(ErrorCode code, string message) =>
        (null, new PublishRefusal(new Refusal(code, message)));
}
