using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Alga.Extensions.KeyVault;

/// <summary>The part of Key Vault's REST interface that reads and writes secrets.</summary>
public static class VaultEndpoints
{
    public static void MapVault(this IEndpointRouteBuilder routes, VaultOptions options, SecretStore secrets, TimeProvider time)
    {
        var answers = new VaultAnswers(options);
        routes.MapPut("/secrets/{name}", async (string name, HttpRequest request) =>
        {
            if (!SecretStore.IsName(name)) return VaultAnswers.BadParameter("A secret's name has 1 to 127 letters, digits and hyphens.");
            var version = await ReadAsync(request, time).ConfigureAwait(false);
            if (version is null) return VaultAnswers.BadParameter("Send a JSON object with a string member 'value'.");
            secrets.Add(name, version);
            return answers.Secret(name, version);
        });
        routes.MapGet("/secrets/{name}/{version?}", (string name, string? version) =>
        {
            if (!SecretStore.IsName(name)) return VaultAnswers.NotFound(name);
            var found = secrets.Find(name, version);
            if (found is null) return VaultAnswers.NotFound(name);
            return found.Enabled ? answers.Secret(name, found) : VaultAnswers.Disabled();
        });
        routes.MapGet("/secrets/{name}/versions", (string name) =>
            VaultAnswers.List(SecretStore.IsName(name) ? secrets.Versions(name).Select(version => answers.Describe(name, version, withVersion: true)) : []));
        routes.MapGet("/secrets", () =>
            VaultAnswers.List(secrets.Names().Select(name => answers.Describe(name, secrets.Versions(name)[^1], withVersion: false))));
    }

    private static async Task<SecretVersion?> ReadAsync(HttpRequest request, TimeProvider time)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted).ConfigureAwait(false);
            var root = body.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            if (!root.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.String) return null;
            var now = time.GetUtcNow();
            var attributes = root.TryGetProperty("attributes", out var given) ? given : default;
            return new SecretVersion
            {
                Version = Guid.CreateVersion7(now).ToString("N"),
                Value = value.GetString()!,
                ContentType = root.TryGetProperty("contentType", out var contentType) ? contentType.GetString() : null,
                Tags = root.TryGetProperty("tags", out var tags) ? tags.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "") : null,
                Enabled = !TryGet(attributes, "enabled", out var enabled) || enabled.GetBoolean(),
                NotBefore = TryGet(attributes, "nbf", out var notBefore) ? notBefore.GetInt64() : null,
                Expires = TryGet(attributes, "exp", out var expires) ? expires.GetInt64() : null,
                Created = now.ToUnixTimeSeconds(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static bool TryGet(JsonElement attributes, string name, out JsonElement value)
    {
        value = default;
        return attributes.ValueKind == JsonValueKind.Object && attributes.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
