using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Steps;

/// <summary>The <c>config.json</c> of the demo host, as <c>apps/demo-host/README.md</c> describes it.</summary>
internal static class DemoHostConfig
{
    /// <summary>Writes it for the samples that have a user interface, with the hashes of what is published.</summary>
    public static async Task WriteAsync(PlatformServices services, StateFolder state, IEnumerable<Sample> samples, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var token = await File.ReadAllTextAsync(state.Token(DemoUser.Ada.Name), cancellationToken).ConfigureAwait(false);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var extensions = new JsonArray();
        foreach (var sample in samples.Where(sample => sample.UiEntry is not null))
        {
            extensions.Add(new JsonObject
            {
                ["extensionId"] = sample.Name,
                ["title"] = sample.Title,
                ["contentHash"] = await ReadHashAsync(client, services.RegistryUrl, sample, cancellationToken).ConfigureAwait(false),
                ["entry"] = sample.UiEntry,
            });
        }

        var config = new JsonObject
        {
            ["gatewayBase"] = "/api",
            ["runnerPublicBase"] = services.RunnerUrl,
            ["tokenUrl"] = "/issuer/token",
            ["users"] = new JsonArray([.. new[] { DemoUser.Ada, DemoUser.Grace, DemoUser.Linus }.Select(user => JsonValue.Create(user.Email))]),
            ["extensions"] = extensions,
        };
        await File.WriteAllTextAsync(state.DemoHostConfig, config.ToJsonString(), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> ReadHashAsync(HttpClient client, string registryUrl, Sample sample, CancellationToken cancellationToken)
    {
        var url = new Uri($"{registryUrl}/api/registry/extensions/{sample.Name}/versions/{sample.Version}");
        using var response = await client.GetAsync(url, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) throw new ServiceException($"The registry does not show {sample.Name} {sample.Version}: {text}");
        using var body = JsonDocument.Parse(text);
        return body.RootElement.GetProperty("contentHash").GetString()!;
    }
}
