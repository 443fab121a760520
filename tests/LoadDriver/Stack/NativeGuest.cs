namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>The hand-written guest as an extension.</summary>
internal static class NativeGuest
{
    private const string Manifest =
        """
        {"manifestVersion":2,"name":"com.alga.tests.native","publisher":"alga-samples","version":"1.0.0","displayName":"Native",
         "description":"A tiny component written by hand.","runtime":"wasm-component@2","entry":"dist/main.wasm",
         "api":{"endpoints":[{"method":"GET","path":"/hello/:name"}]}}
        """;

    public static async Task<InstalledGuest> InstallAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Paths.Artifacts, "bench-native");
        Directory.CreateDirectory(Path.Combine(folder, "dist"));
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), Manifest, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "dist/main.wasm"), BenchGuests.Native(), cancellationToken);
        return await stack.InstallAsync(folder, cancellationToken);
    }
}
