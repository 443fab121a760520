using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>The list of a bundle's files, stored beside it as <c>index.json</c>.</summary>
/// <param name="Files">In archive order: sorted by name, ordinal.</param>
public sealed record BundleIndex(IReadOnlyList<IndexedFile> Files)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Finds a file by its exact name.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out IndexedFile? file)
    {
        var (low, high) = (0, Files.Count - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var order = string.CompareOrdinal(Files[middle].Path, path);
            if (order == 0)
            {
                file = Files[middle];
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        file = null;
        return false;
    }

    /// <summary>The bytes of <c>index.json</c>; the same for the same files.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BundleIndexJson.Default.BundleIndex);

    /// <summary>Reads <c>index.json</c> strictly: unknown or repeated members, unsorted or invalid names are refused.</summary>
    public static Outcome<BundleIndex> Parse(ReadOnlySpan<byte> json)
    {
        BundleIndex? index;
        try
        {
            index = JsonSerializer.Deserialize(json, BundleIndexJson.Default.BundleIndex);
        }
        catch (JsonException)
        {
            index = null;
        }

        if (index is null) return BundleRefusal.Of("index.json is not in its documented form.");
        var rules = new EntryRules(BundleLimits.Default);
        foreach (var file in index.Files)
        {
            if (file is null || BundlePath.FindFault(file.Path) is not null || file.SizeBytes < 0 || !IsDigest(file.Sha256))
                return BundleRefusal.Of("index.json lists a file with an invalid name, size or hash.");
            if (rules.Admit(file.Path, file.SizeBytes) is { } refusal) return refusal;
        }

        return index;
    }

    private static bool IsDigest(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept(HexDigits);
}

/// <summary>One file of a bundle.</summary>
/// <param name="Path">Its name in the bundle.</param>
/// <param name="SizeBytes">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of its content, 64 lower-case hex digits.</param>
/// <param name="MediaType">From its extension; see <see cref="MediaTypes"/>.</param>
public sealed record IndexedFile(string Path, long SizeBytes, string Sha256, string MediaType);

/// <summary>Source-generated, strict JSON of <see cref="BundleIndex"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BundleIndex))]
internal sealed partial class BundleIndexJson : JsonSerializerContext
{
}
