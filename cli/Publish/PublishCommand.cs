using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.AlgaExt.Publish;

/// <summary><c>alga-ext publish</c>: brings a signed bundle to the registry, and takes its name there at the first time.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var envelope = CommonOptions.Envelope();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var acceptance = new Option<FileInfo>("--acceptance-out") { Description = "File for the registry's counter-signature, for 'alga-ext verify --acceptance'." };
        return new Command("publish", """
            Publishes a signed bundle as a version that never changes again. Publishing the same bytes twice does nothing.

            Example: alga-ext publish hello.tar.zst --envelope hello.tar.zst.dsse.json --registry https://registry.example.com
            """)
        {
            bundle, envelope, registry, tokenFile, acceptance,
        }.Does("Publishing", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var bundleFile = parsed.GetRequiredValue(bundle).FullName;
            var facts = await BundleFacts.ReadAsync(bundleFile, cancellationToken).ConfigureAwait(false);
            await RegisterAsync(client, facts.Manifest, cancellationToken).ConfigureAwait(false);
            var (status, body) = await UploadAsync(client, facts.Manifest, bundleFile, parsed.GetRequiredValue(envelope).FullName, cancellationToken).ConfigureAwait(false);
            var isNew = status == 201;
            if (parsed.GetValue(acceptance) is { } file) await SaveAcceptanceAsync(client, facts.Manifest, file.FullName, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                $"{facts.Manifest.Name} {facts.Manifest.Version} {(isNew ? "is published" : "was published before with the same contents")}\n{facts.Contents.Hash}",
                new JsonObject
                {
                    ["name"] = facts.Manifest.Name,
                    ["version"] = facts.Manifest.Version,
                    ["contentHash"] = facts.Contents.Hash.ToString(),
                    ["created"] = isNew,
                    ["published"] = body.DeepClone(),
                });
        });
    }

    private static async Task SaveAcceptanceAsync(RegistryClient client, ExtensionManifest manifest, string file, CancellationToken cancellationToken)
    {
        var path = $"api/registry/extensions/{Uri.EscapeDataString(manifest.Name)}/versions/{Uri.EscapeDataString(manifest.Version)}/acceptance";
        var bytes = await client.DownloadAsync(path, cancellationToken).ConfigureAwait(false);
        await OutputFile.WriteAsync(file, secret: false, stream => stream.WriteAsync(bytes, cancellationToken).AsTask()).ConfigureAwait(false);
    }

    /// <summary>Takes the extension's name for its publisher; does nothing when it is theirs.</summary>
    private static async Task RegisterAsync(RegistryClient client, ExtensionManifest manifest, CancellationToken cancellationToken)
    {
        using var content = RegistryClient.Json(new JsonObject
        {
            ["name"] = manifest.Name,
            ["publisher"] = manifest.Publisher,
            ["displayName"] = manifest.DisplayName,
        });
        await client.SendAsync(HttpMethod.Post, "api/registry/extensions", content, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(int Status, JsonObject Body)> UploadAsync(
        RegistryClient client, ExtensionManifest manifest, string bundleFile, string envelopeFile, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        // The envelope comes first, so that the registry can check it before it reads the bundle.
        form.Add(Part(File.OpenRead(envelopeFile), "application/vnd.dsse+json"), "envelope", "bundle.dsse.json");
        form.Add(Part(File.OpenRead(bundleFile), "application/zstd"), "bundle", "bundle.tar.zst");
        var path = $"api/registry/extensions/{Uri.EscapeDataString(manifest.Name)}/versions/{Uri.EscapeDataString(manifest.Version)}";
        return await client.SendAsync(HttpMethod.Put, path, form, cancellationToken).ConfigureAwait(false);
    }

    private static StreamContent Part(Stream stream, string mediaType)
    {
        var part = new StreamContent(stream);
        part.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return part;
    }
}
