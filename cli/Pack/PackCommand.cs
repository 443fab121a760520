using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Bundles;

namespace Alga.Extensions.AlgaExt.Pack;

/// <summary><c>alga-ext pack</c>: a folder becomes the one bundle that its files have.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The extension's folder, with its manifest.json." }.AcceptExistingOnly();
        var output = new Option<FileInfo>("--out", "-o") { Description = "File for the bundle.", Required = true };
        return new Command("pack", """
            Packs manifest.json, the component, ui/, README.md, CHANGELOG.md, icon.svg and what else the manifest
            names. The same files always give the same bytes. All faults of the manifest are told at once.

            Example: alga-ext pack samples/hello -o hello.tar.zst
            """)
        {
            folder, output,
        }.Does("Packing", async (parsed, cancellationToken) =>
        {
            var files = BundleFolder.Select(parsed.GetRequiredValue(folder).FullName);
            var file = parsed.GetRequiredValue(output).FullName;
            BundleFacts? facts = null;
            await OutputFile.WriteAsync(file, secret: false, async stream =>
            {
                RefusedException.Unwrap(await BundleWriter.WriteAsync(files, stream, cancellationToken).ConfigureAwait(false));
                // Read back by the rules of the registry: what is refused there is never written here.
                stream.Position = 0;
                facts = await BundleFacts.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);

            var (contents, manifest) = facts!;
            return new CommandResult(
                $"{manifest.Name} {manifest.Version}: {contents.Index.Files.Count} files, {contents.SizeBytes:N0} bytes\n{contents.Hash}\n{file}",
                new JsonObject
                {
                    ["bundle"] = file,
                    ["name"] = manifest.Name,
                    ["version"] = manifest.Version,
                    ["contentHash"] = contents.Hash.ToString(),
                    ["sizeBytes"] = contents.SizeBytes,
                    ["files"] = new JsonArray([.. contents.Index.Files.Select(item => JsonValue.Create(item.Path))]),
                });
        });
    }
}
