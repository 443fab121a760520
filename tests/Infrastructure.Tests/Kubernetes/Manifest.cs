using System.Text.Json.Nodes;

namespace Alga.Extensions.Infrastructure.Tests.Kubernetes;

/// <summary>One resource.</summary>
internal sealed class Manifest(JsonObject json)
{
    public JsonObject Json => json;

    public string ApiVersion => json["apiVersion"]!.ToString();

    public string Kind => json["kind"]!.ToString();

    public string Name => json["metadata"]!["name"]!.ToString();

    public JsonNode Spec => json["spec"]!;

    public JsonNode Pod => Spec["template"]!["spec"]!;

    public JsonNode Container => Pod["containers"]!.AsArray().Single()!;

    public override string ToString() => $"{Kind} {Name}";
}
