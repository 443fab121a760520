using System.Text.Json;

namespace Alga.Extensions.Manifest.Tests;

/// <summary>The corpus of manifests under <c>tests/vectors/manifests</c>.</summary>
internal static class Vectors
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "vectors");

    private static readonly Dictionary<string, string[]> FaultPaths =
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllBytes(Path.Combine(Root, "faults.json")))!;

    public static TheoryData<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.json").Select(file => $"{folder}/{Path.GetFileNameWithoutExtension(file)}").Order(StringComparer.Ordinal)];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Root, name + ".json"));

    /// <summary>Where a refused manifest is at fault.</summary>
    public static string[] Faults(string name) => FaultPaths[name];
}
