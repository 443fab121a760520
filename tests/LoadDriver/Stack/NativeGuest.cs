namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>Hand-written guests as extensions.</summary>
internal static class NativeGuest
{
    private const string Manifest =
        """
        {"manifestVersion":2,"name":"com.alga.tests.@name","publisher":"alga-samples","version":"1.0.0","displayName":"Native",
         "description":"A tiny component written by hand.","runtime":"wasm-component@2","entry":"dist/main.wasm",
         "api":{"endpoints":[{"method":"GET","path":"/hello/:name"}]}}
        """;

    /// <summary>The one that is measured.</summary>
    public static Task<InstalledGuest> InstallAsync(BenchStack stack, CancellationToken cancellationToken) =>
        InstallAsync(stack, "native", BenchGuests.Native(), cancellationToken);

    /// <summary>A guest of <c>tests/vectors/guests</c>.</summary>
    public static Task<InstalledGuest> InstallAsync(BenchStack stack, string name, CancellationToken cancellationToken) =>
        InstallAsync(stack, name, BenchGuests.Handwritten(name), cancellationToken);

    private static async Task<InstalledGuest> InstallAsync(BenchStack stack, string name, byte[] wasm, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Paths.Artifacts, "bench-" + name);
        Directory.CreateDirectory(Path.Combine(folder, "dist"));
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), Manifest.Replace("@name", name, StringComparison.Ordinal), cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "dist/main.wasm"), wasm, cancellationToken);
        return await stack.InstallAsync(folder, cancellationToken);
    }
}
