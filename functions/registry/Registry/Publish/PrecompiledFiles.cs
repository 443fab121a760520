using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.Publish;

/// <summary>
/// Shape of the files that a publisher compiled: there because the manifest says for which target, and what Wasmtime writes, an ELF
/// file. They are carried for those who run extensions elsewhere; this platform loads what it compiled itself and nothing else.
/// </summary>
internal static class PrecompiledFiles
{
    public const string Folder = "precompiled/";

    /// <summary>Bytes of a file that its shape shows in.</summary>
    public const int BeginningBytes = 8;

    // What a runner puts before code that it compiled. In a bundle it can only be there to be taken for that.
    private static ReadOnlySpan<byte> Platforms => "algacw"u8;

    private static ReadOnlySpan<byte> Elf => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>Lists what is wrong, each with what to change.</summary>
    public static IReadOnlyList<string> FindFaults(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> beginnings, ExtensionManifest manifest)
    {
        var declared = manifest.Precompiled.Values.ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (path, beginning) in beginnings)
        {
            if (!declared.Contains(path)) faults.Add($"{path} is not named in the manifest: add its target to precompiled, or leave it out of the bundle.");
            else if (beginning.Span.StartsWith(Platforms)) faults.Add($"{path} was made by a runner of this platform, which only takes its own from its own store: leave it out of the bundle.");
            else if (!beginning.Span.StartsWith(Elf)) faults.Add($"{path} is not a compiled component: 'wasmtime compile' writes an ELF file. Leave it out, or compile it again.");
        }

        return faults;
    }
}
