using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Build;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Bundles;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>A bundle of what was built, as a version of its own: a version never changes, not even here.</summary>
internal static class DevBundle
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Checks and packs the folder; its version gets <c>dev</c> and a number at its end.</summary>
    /// <param name="folder">The extension's folder.</param>
    /// <param name="number">Of this version.</param>
    /// <param name="component">File of a component in the place of the one that was built; null for that one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<(BuiltExtension Extension, byte[] Bundle)> PackAsync(string folder, long number, string? component, CancellationToken cancellationToken)
    {
        var built = BuiltExtension.Read(folder);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), cancellationToken).ConfigureAwait(false))!;
        manifest["version"] = DevVersion(built.Manifest.Version, number);
        var own = BundleFile.FromBytes("manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString(Readable)));
        List<BundleFile> files = [.. built.Files.Where(file => file.Path != own.Path), own];
        if (component is not null)
        {
            files.RemoveAll(file => file.Path == built.Manifest.Entry);
            files.Add(BundleFile.FromBytes(built.Manifest.Entry, await File.ReadAllBytesAsync(component, cancellationToken).ConfigureAwait(false)));
        }

        using var stream = new MemoryStream();
        RefusedException.Unwrap(await BundleWriter.WriteAsync(files, stream, cancellationToken).ConfigureAwait(false));
        return (built, stream.ToArray());
    }

    /// <summary><c>1.2.3</c> becomes <c>1.2.3-dev.7</c>, and <c>1.2.3-beta.1+x</c> becomes <c>1.2.3-beta.1.dev.7</c>.</summary>
    internal static string DevVersion(string version, long number)
    {
        var core = version.Split('+')[0];
        return $"{core}{(core.Contains('-', StringComparison.Ordinal) ? '.' : '-')}dev.{number}";
    }
}
