using System.Text;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Catalog;

/// <summary>Publishes versions whose manifests say something of themselves.</summary>
internal static class CatalogBundle
{
    public static async Task<TestBundle> PublishAsync(this RegistryApp app, string name, string version, string displayName, string description)
    {
        await app.RegisterAsync(name, app.Developer);
        var manifest = TestBundle.Manifest(name, version, "acme")
            .Replace("\"Test\"", JsonSerializer.Serialize(displayName), StringComparison.Ordinal)
            .Replace("\"For tests.\"", JsonSerializer.Serialize(description), StringComparison.Ordinal);
        var bundle = await TestBundle.PackFilesAsync(
            name, version, "acme", ("dist/main.wasm", TestBundle.EmptyComponent), ("manifest.json", Encoding.UTF8.GetBytes(manifest)));
        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);
        return bundle;
    }

    /// <summary>Walks a list from page to page and gives one member of each item.</summary>
    public static async Task<IReadOnlyList<string>> WalkAsync(this RegistryApp app, string path, string token, string member, Func<Task>? betweenPages = null)
    {
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await app.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}", token)).Is(200).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
            if (betweenPages is not null) await betweenPages();
        }

        return seen;
    }
}
