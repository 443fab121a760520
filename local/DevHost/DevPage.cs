using System.Text.Json.Nodes;
using Alga.Extensions.Manifest;
using Alga.Extensions.Contracts;
using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;

namespace Alga.Extensions.DevHost;

/// <summary>The demo host's <c>config.json</c> with the extension as it stands; the page follows it.</summary>
internal sealed class DevPage(PlatformServices services, StateFolder state)
{
    /// <summary>Writes it whole or not at all.</summary>
    public async Task WriteAsync((ExtensionManifest Manifest, ContentHash Hash)? extension, CancellationToken cancellationToken)
    {
        var extensions = new JsonArray();
        if (extension is { Manifest: { Ui: { } ui } manifest, Hash: var hash })
        {
            extensions.Add(new JsonObject { ["extensionId"] = manifest.Name, ["title"] = manifest.DisplayName, ["contentHash"] = hash.ToString(), ["entry"] = ui.Entry });
        }

        var config = new JsonObject
        {
            ["gatewayBase"] = "/api",
            ["runnerPublicBase"] = services.RunnerUrl,
            ["tokenUrl"] = "/issuer/token",
            ["users"] = new JsonArray([.. new[] { DemoUser.Ada, DemoUser.Grace, DemoUser.Linus }.Select(user => JsonValue.Create(user.Email))]),
            ["follow"] = true,
            ["extensions"] = extensions,
        };
        await File.WriteAllTextAsync(state.DemoHostConfig + ".new", config.ToJsonString(), cancellationToken).ConfigureAwait(false);
        File.Move(state.DemoHostConfig + ".new", state.DemoHostConfig, overwrite: true);
    }
}
