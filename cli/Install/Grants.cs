using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Install;

/// <summary>What an install may do.</summary>
internal static class Grants
{
    public static JsonObject Of(IEnumerable<string> capabilities, IEnumerable<string> egress) =>
        new() { ["capabilities"] = Texts(capabilities), ["egress"] = Texts(egress) };

    /// <summary>Everything that the published manifest asks for.</summary>
    public static async Task<JsonObject> ReadDeclaredAsync(RegistryClient client, string name, string version, CancellationToken cancellationToken)
    {
        var path = $"api/registry/extensions/{Uri.EscapeDataString(name)}/versions/{Uri.EscapeDataString(version)}";
        var (_, body) = await client.SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        return Of(Declared(body, "capabilities"), Declared(body, "egress"));
    }

    private static IEnumerable<string> Declared(JsonObject version, string member) =>
        version["manifest"]?[member] is JsonArray declared ? declared.Select(item => item!.GetValue<string>()) : [];

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
