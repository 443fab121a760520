using System.Text.Json;

namespace Alga.Extensions.Services.Postgres;

/// <summary>
/// An npm archive holds no symbolic links, so the package lists those of its libraries in <c>pg-symlinks.json</c> and makes them
/// in an install script, which careful installations do not run.
/// </summary>
internal static class PostgresLinks
{
    /// <param name="native">The package's <c>native</c> folder.</param>
    public static void Restore(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list)) return;
        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in document.RootElement.EnumerateArray())
        {
            // Both are written from the package's root: "native/lib/...".
            var source = Path.Combine(native, "..", link.GetProperty("source").GetString()!);
            var target = Path.Combine(native, "..", link.GetProperty("target").GetString()!);
            if (Path.Exists(target)) continue;
            try
            {
                File.CreateSymbolicLink(target, Path.GetFileName(source));
            }
            catch (IOException) when (Path.Exists(target))
            {
                // Another process was faster.
            }
        }
    }
}
