using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Build;

/// <summary><c>alga-ext build</c>: the extension's own build, and then what the registry would say about its outcome.</summary>
internal static class BuildCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder")
        {
            Description = "The extension's folder; the current one when not given.",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
        }.AcceptExistingOnly();
        var noBuild = new Option<bool>("--check-only") { Description = "Check what was built before." };
        return new Command("build", """
            Runs 'npm run build' and checks manifest, files and component by the code that the registry uses at a publish:
            the component's imports and exports, their types, and the capabilities of one that imports a part of the world.

            Example: alga-ext build my-notes
            """)
        {
            folder, noBuild,
        }.Does("Building", async (parsed, cancellationToken) =>
        {
            var root = parsed.GetRequiredValue(folder).FullName;
            // Before the build, which takes longer: a manifest with faults is refused whatever comes out.
            BuiltExtension.ReadManifest(root);
            if (!parsed.GetValue(noBuild)) await Tool.RunAsync("build_failed", "npm", ["run", "--silent", "build"], root, cancellationToken).ConfigureAwait(false);
            var built = BuiltExtension.Read(root);
            return new CommandResult(
                $"{built.Manifest.Name} {built.Manifest.Version}: {built.Files.Count} files, component {built.ComponentBytes:N0} bytes, nothing that the registry would refuse",
                new JsonObject
                {
                    ["name"] = built.Manifest.Name,
                    ["version"] = built.Manifest.Version,
                    ["componentBytes"] = built.ComponentBytes,
                    ["files"] = new JsonArray([.. built.Files.Select(file => JsonValue.Create(file.Path))]),
                });
        });
    }
}
